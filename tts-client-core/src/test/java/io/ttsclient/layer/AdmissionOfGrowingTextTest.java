// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Characters of a text that comes while they are counted; 20 are allowed a minute, and nobody waits. */
class AdmissionOfGrowingTextTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private final VirtualTime time = new VirtualTime();
    private final Requests requests = new Requests(time);
    private final GrowingText text = new GrowingText();
    private final AdmissionLayer layer = new AdmissionLayer(
            new ScriptedBackend(FORMAT, synthesis -> new ScriptedSource(FORMAT)),
            AdmissionPolicy.unlimited().withCharactersPerMinute(20).withQueue(5, Duration.ZERO),
            time,
            SpeechListener.none());

    private AudioSource streamGrowing() {
        return layer.stream(requests.attempted(Synthesis.builder(text, "r-1", time)));
    }

    private AudioSource stream(String whole) {
        return layer.stream(requests.attempted(requests.builder(whole)));
    }

    private void assertLeft(int characters) {
        var refused = catchThrowableOfType(
                TtsException.class, () -> stream("x".repeat(characters + 1)).close());
        assertThat(refused).isNotNull();
        assertThat(refused.category()).isEqualTo(Category.RATE_LIMIT);
        if (characters > 0) {
            stream("x".repeat(characters)).close();
        }
    }

    @Test
    void stream_textSoFar_counts() {
        text.append("12345678");

        streamGrowing();

        assertLeft(12);
    }

    @Test
    void append_whileItRuns_countsAsItComes() {
        text.append("1234");
        streamGrowing();

        text.append("56");
        text.append("789");

        assertLeft(11);
    }

    @Test
    void append_moreThanTheLimit_isNotHeldUp() {
        streamGrowing();

        text.append("a text above the limit of twenty");

        assertLeft(0);
        time.advance(Duration.ofMinutes(1));
        stream("x".repeat(20)).close();
    }

    @Test
    void append_afterTheEnd_doesNotCount() {
        text.append("1234");
        streamGrowing().close();

        text.append("56789");

        assertLeft(16);
    }

    @Test
    void close_moreThanOnce_countsOnce() {
        text.append("1234");
        AudioSource audio = streamGrowing();
        text.append("56");

        audio.close();
        audio.close();

        assertLeft(14);
    }
}
