// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** The program. */
public final class Speak {
    private Speak() {}

    /** Runs it, and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(runProcess(args, Backends.available(System::getenv)));
    }

    /** Runs it on the surroundings of the process, which a signal to the process interrupts. */
    static int runProcess(String[] args, Backends backends) {
        var interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "speak-interrupt"));
        try {
            return run(args, Surroundings.ofProcess(), backends, interruption);
        } finally {
            interruption.finished();
        }
    }

    /**
     * Runs it.
     *
     * @return the exit status
     */
    static int run(String[] args, Surroundings surroundings, Backends backends, Interruption interruption) {
        return new CommandLine(new SpeakCommand(surroundings, backends, interruption))
                .setExpandAtFiles(false) // a text may well begin with an @
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, given) -> misused(e, given, surroundings.err()))
                .execute(args);
    }

    /** The options were not understood, so whether {@code --json} is among them is a guess. */
    private static int misused(CommandLine.ParameterException e, String[] args, PrintStream err) {
        var reporter = new Reporter(err, Arrays.asList(args).contains("--json"));
        boolean unknownOption = e instanceof CommandLine.UnmatchedArgumentException;
        String hint = unknownOption ? " (speak --help shows all; put -- before a text that begins with a dash)" : "";
        return reporter.misused(e.getMessage() + hint).code();
    }
}
