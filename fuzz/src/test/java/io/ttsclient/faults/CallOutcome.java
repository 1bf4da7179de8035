// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechRequest;
import java.time.Duration;

/**
 * What a call came to for the application.
 *
 * @param whole whether all audio was asked for at once
 * @param end {@code ok}, the category of the failure, or the name of an exception that is none of ours
 * @param delivered bytes of audio that it was handed
 */
record CallOutcome(boolean whole, String end, long delivered) {
    private static final String OK = "ok";

    /** Streams {@code request}. */
    static CallOutcome streamed(TtsClient client, SpeechRequest request) {
        long delivered = 0;
        Duration heard = Duration.ZERO;
        try (AudioStream audio = client.stream(request)) {
            for (AudioChunk chunk : audio) {
                delivered += chunk.size();
                heard = audio.format().durationOf(delivered);
            }
            return new CallOutcome(false, OK, delivered);
        } catch (TtsException e) {
            assertThat(e.audioDelivered()).isEqualTo(heard);
            return new CallOutcome(false, e.category().name(), delivered);
        } catch (IllegalStateException e) { // what a fake with a bug throws
            return new CallOutcome(false, e.getClass().getSimpleName(), delivered);
        }
    }

    /** Asks for all audio of {@code request} at once. */
    static CallOutcome whole(TtsClient client, SpeechRequest request) {
        try {
            return new CallOutcome(true, OK, client.synthesize(request).size());
        } catch (TtsException e) {
            return new CallOutcome(true, e.category().name(), 0);
        } catch (IllegalStateException e) {
            return new CallOutcome(true, e.getClass().getSimpleName(), 0);
        }
    }

    /** Such as {@code OVERLOADED, 3 calls, 0 B}. */
    String toCell(int calls, int fallbackCalls) {
        return toCell(calls, fallbackCalls, delivered + " B");
    }

    /** The same where a part of {@code all} bytes may be any part. */
    String toCellOfAPart(int calls, int fallbackCalls, long all) {
        boolean part = !end.equals(OK) && delivered < all;
        return toCell(calls, fallbackCalls, part ? "less than " + all + " B" : delivered + " B");
    }

    private String toCell(int calls, int fallbackCalls, String bytes) {
        String asked = fallbackCalls == 0 ? "" + calls : calls + " + " + fallbackCalls;
        return end + ", " + asked + (calls == 1 && fallbackCalls == 0 ? " call, " : " calls, ") + bytes;
    }
}
