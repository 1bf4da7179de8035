// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Stands in for the program that the launcher builds and becomes: says what reached it. */
public final class LaunchedProgram {
    private LaunchedProgram() {}

    public static void main(String[] args) throws IOException {
        var said = new StringBuilder("pid " + ProcessHandle.current().pid() + "\n");
        said.append("terminal ")
                .append(System.getProperty("io.ttsclient.examples.speak.terminal"))
                .append('\n');
        for (String arg : args) {
            said.append("arg [").append(arg).append("]\n");
        }
        said.append("in [")
                .append(new String(System.in.readAllBytes(), StandardCharsets.UTF_8))
                .append("]\n");
        System.out.write(said.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        System.exit(args.length);
    }
}
