// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the system says of this process; of memory and sockets on Linux only. */
final class ThisProcess {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double KIB_A_MIB = 1_024;

    private ThisProcess() {}

    /** The processor time so far, of all threads. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /** The memory that it has now, in MiB; NaN where nobody says. */
    static double memoryMib() {
        return status("VmRSS:");
    }

    /** The most memory that it ever had, in MiB; NaN where nobody says. */
    static double mostMemoryMib() {
        return status("VmHWM:");
    }

    private static double status(String name) {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToDouble(Double::parseDouble)
                    .map(kib -> kib / KIB_A_MIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many sockets are open; -1 where nobody says. */
    static long sockets() {
        Path files = Path.of("/proc/self/fd");
        if (!Files.exists(files)) {
            return -1;
        }
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(ThisProcess::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
