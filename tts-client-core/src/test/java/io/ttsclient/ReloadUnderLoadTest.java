// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of every kind while the configuration changes all the time: none fails, and nothing of the former clients is left. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class ReloadUnderLoadTest {
    private static final int CALLERS = 100;
    private static final int REQUESTS_EACH = 10;
    private static final byte[] AUDIO = FakeBackend.audioOf("Your table is ready.", AudioFormat.linear16(16_000));

    private final List<FakeFactory.Made> made = FakeFactory.none();

    private TtsClientConfig config(int number) {
        String json = "{\"backends\": [{\"backend\": \"red\", \"settings\": {\"apiKey\": \"k" + number + "\"}}]}";
        return TtsClientConfig.of(ConfigText.json(json), Map.of(), name -> FakeFactory.named(name, made));
    }

    private static byte[] speak(TtsClient client, int kind) throws InterruptedException, ExecutionException {
        SpeechRequest request = SpeechRequest.of("Your table is ready.");
        return switch (kind % 5) {
            case 0 -> client.synthesize(request).toBytes();
            case 1 -> {
                try (AudioStream audio = client.stream(request)) {
                    yield audio.toBytes();
                }
            }
            case 2 -> client.synthesizeAsync(request).get().toBytes();
            case 3 -> {
                try (AudioStream audio = client.streamAsync(request).get()) {
                    yield audio.toBytes();
                }
            }
            default -> {
                try (SpeechSession session = client.open()) {
                    session.write(request.text());
                    session.finish();
                    yield session.audio().toBytes();
                }
            }
        };
    }

    @Test
    void reload_whileAThousandRequestsRun_allSucceedAndTheFormerClientsAreClosed()
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (ReloadableTtsClient client = ReloadableTtsClient.open(() -> config(0))) {
            var answers = new ArrayList<Future<List<byte[]>>>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                answers.add(callers.submit(() -> {
                    var heard = new ArrayList<byte[]>();
                    for (int j = 0; j < REQUESTS_EACH; j++) {
                        heard.add(speak(client, caller + j));
                    }
                    return heard;
                }));
            }
            int reloads = 0;
            while (reloads < 20 || answers.stream().anyMatch(answer -> !answer.isDone())) {
                client.reload(config(++reloads));
            }

            for (Future<List<byte[]>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS))
                        .hasSize(REQUESTS_EACH)
                        .allMatch(bytes -> same(bytes));
            }
            assertThat(made).hasSize(reloads + 1);
            Speech last = client.synthesize("Hello");
            assertThat(last.report().backend()).hasValue("red");
            assertThat(made.get(reloads).backend().calls()).isNotEmpty();
            for (FakeFactory.Made former : made.subList(0, reloads)) {
                while (!former.backend().isClosed()) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            callers.shutdown();
        }
        assertThat(made).allMatch(one -> one.backend().closes() == 1);
        made.forEach(one -> one.backend().awaitReleased());
    }

    private static boolean same(byte[] heard) {
        return Arrays.equals(heard, AUDIO);
    }
}
