// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A program that answers line by line as espeak-ng does: each line of text by one line a clause, an empty line by an empty
 * line. Its voice says how it misbehaves; so do some words of the text.
 */
final class FakeEspeak {
    private FakeEspeak() {}

    public static void main(String[] args) throws IOException {
        String voice = args[args.length - 1];
        if (!String.join(" ", args).equals("--ipa -q -v " + voice) || voice.equals("dead")) {
            System.exit(1);
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.contains("die")) {
                System.exit(3);
            }
            if (line.contains("hang")) {
                while (in.readLine() != null) {
                    // Reads on and answers nothing.
                }
                return;
            }
            answer(voice, line, out);
            out.flush();
        }
    }

    private static void answer(String voice, String line, PrintStream out) {
        String echo = line.replace(".", "").toLowerCase(java.util.Locale.ROOT);
        if (line.contains("quiet")) {
            out.println();
            return;
        }
        switch (voice) {
            case "pid" ->
                out.println(line.isEmpty() ? "" : ProcessHandle.current().pid());
            case "merge" -> out.println(echo.replace(" ", ""));
            case "switch" -> out.println(line.isEmpty() ? "" : " (en)" + echo + "(de) ");
            case "lines" -> out.println(echo.replace(" ", "\n"));
            case "composed" -> out.println(line.isEmpty() ? "" : "\u00E3");
            case "garbage" -> {
                byte[] noise = {(byte) 0xFF, (byte) 0xFE, 0, 7, '\r', (byte) 0xC3, '\n'};
                out.write(noise, 0, line.isEmpty() ? 0 : noise.length);
                out.println();
            }
            default -> out.println(echo);
        }
    }
}
