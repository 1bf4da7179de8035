// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One of the ways in which a stream becomes bytes. */
@FunctionalInterface
interface StreamView {
    /** All audio of {@code stream}, which is closed. */
    byte[] read(AudioStream stream) throws IOException;

    /** Every view by its name; the one that writes a file does so in {@code directory}. */
    static Map<String, StreamView> all(Path directory) {
        Map<String, StreamView> views = new LinkedHashMap<>();
        views.put("read()", stream -> {
            var bytes = new ByteArrayOutputStream();
            for (AudioChunk chunk = stream.read(); chunk != null; chunk = stream.read()) {
                bytes.writeBytes(ConformanceHooks.copy(chunk));
            }
            stream.close();
            return bytes.toByteArray();
        });
        views.put("the iterator", stream -> {
            var bytes = new ByteArrayOutputStream();
            stream.forEach(chunk -> bytes.writeBytes(ConformanceHooks.copy(chunk)));
            return bytes.toByteArray();
        });
        views.put("asInputStream()", stream -> {
            try (var in = stream.asInputStream()) {
                return in.readAllBytes();
            }
        });
        views.put("asPublisher()", stream -> {
            var subscriber = new Collector();
            stream.asPublisher().subscribe(subscriber);
            return subscriber.all.join();
        });
        views.put("toBytes()", AudioStream::toBytes);
        views.put("writeTo()", stream -> {
            Path file = directory.resolve("speech.raw");
            stream.writeTo(file);
            return Files.readAllBytes(file);
        });
        views.put("transferTo()", stream -> {
            var sink = new RecordingSink();
            stream.transferTo(sink);
            return sink.toBytes();
        });
        return views;
    }

    /** Asks for one chunk after the other. */
    final class Collector implements Flow.Subscriber<AudioChunk> {
        private final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(AudioChunk chunk) {
            bytes.writeBytes(ConformanceHooks.copy(chunk));
            if (subscription != null) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(bytes.toByteArray());
        }
    }
}
