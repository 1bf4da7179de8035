// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What the program sees of the world.
 *
 * @param in where {@code -} reads the text
 * @param out carries only audio, and what {@code --list-voices}, {@code --health} and {@code --help} answer
 * @param err all that is for people
 * @param progress whether {@code err} is a terminal, so that somebody sees a line that is written over again and again
 * @param loudspeaker what plays where no file is named
 */
record Surroundings(InputStream in, OutputStream out, PrintStream err, boolean progress, Loudspeaker loudspeaker) {
    /** The launcher sets it, since Java cannot tell whether its standard error is a terminal. */
    private static final String TERMINAL = "io.ttsclient.examples.speak.terminal";

    /** Those of the process. */
    static Surroundings ofProcess() {
        // Not System.out: a PrintStream would swallow that nobody reads any more.
        var out = new FileOutputStream(FileDescriptor.out);
        return new Surroundings(System.in, out, System.err, Boolean.getBoolean(TERMINAL), Loudspeaker.system());
    }
}
