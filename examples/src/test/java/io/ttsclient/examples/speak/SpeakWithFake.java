// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.error.Category;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.util.Arrays;

/** The program as a process of its own, with a fake backend that does what the first argument says. */
final class SpeakWithFake {
    private SpeakWithFake() {}

    public static void main(String[] args) {
        Behaviour behaviour = switch (args[0]) {
            case "stall" -> Behaviour.speak().chunks(64).stallAt(256);
            case "endless" -> Behaviour.speak().endless();
            case "unavailable" -> Behaviour.fail(Category.UNAVAILABLE);
            case "bug" -> Behaviour.fail(new IllegalStateException("cannot be"));
            default -> Behaviour.speak();
        };
        var backend = FakeBackend.builder("fake").behaviour(behaviour).build();
        System.exit(Speak.runProcess(Arrays.copyOfRange(args, 1, args.length), choice -> backend));
    }
}
