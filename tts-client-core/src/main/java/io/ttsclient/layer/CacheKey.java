// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.ProviderOptions;
import io.ttsclient.speech.SpeechOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that shapes the audio of a request, as a SHA-256 hash: the backend with its address, the voice, the format, the text and the
 * rest. Each value goes in behind its length, so that no two requests run together. Who reads a key learns nothing of the text.
 */
record CacheKey(ByteBuffer hash) {
    /** In every key; changes when the meaning of a key does, so that what older versions stored is not found. */
    private static final String VERSION = "tts-client audio 1";

    private static final int UNSET = -1;

    /**
     * The key of what {@code synthesis} would hear from a backend.
     *
     * @param identity the backend, beyond its name
     * @return null if it is not known what some option does to the audio
     */
    static @Nullable CacheKey of(Synthesis synthesis, TtsCapabilities capabilities, List<String> identity) {
        SpeechOptions options = synthesis.options();
        MessageDigest digest = sha256();
        add(digest, VERSION);
        add(digest, capabilities.backend());
        add(digest, identity.size());
        identity.forEach(part -> add(digest, part));
        add(digest, options.model().orElse(null));
        add(digest, options.voice().orElse(null));
        add(digest, options.language().orElse(null));
        add(
                digest,
                options.speed().isPresent() ? Double.toString(options.speed().getAsDouble()) : null);
        add(digest, options.style().orElse(null));
        addFormat(digest, options.format().orElse(null));
        for (ProviderOptions own : ownOptions(options, capabilities.backend())) {
            Optional<String> key = own.audioKey();
            if (key.isEmpty()) {
                return null;
            }
            add(digest, own.getClass().getName());
            add(digest, key.get());
        }
        add(digest, synthesis.text().text());
        return new CacheKey(ByteBuffer.wrap(digest.digest()).asReadOnlyBuffer());
    }

    /** Those that the backend does not ignore, in an order that is always the same. */
    private static List<ProviderOptions> ownOptions(SpeechOptions options, String backend) {
        return options.provider().values().stream()
                .filter(any -> any.backend().equals(backend))
                .sorted(Comparator.comparing(any -> any.getClass().getName()))
                .toList();
    }

    private static void addFormat(MessageDigest digest, @Nullable AudioFormat format) {
        if (format == null) {
            add(digest, UNSET);
        } else {
            add(digest, format.encoding().name());
            add(digest, format.container().name());
            add(digest, format.sampleRate());
            add(digest, format.channels());
        }
    }

    private static void add(MessageDigest digest, @Nullable String value) {
        if (value == null) {
            add(digest, UNSET);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            add(digest, bytes.length);
            digest.update(bytes);
        }
    }

    private static void add(MessageDigest digest, int value) {
        digest.update((byte) (value >>> 24));
        digest.update((byte) (value >>> 16));
        digest.update((byte) (value >>> 8));
        digest.update((byte) value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The hash in 64 hexadecimal digits. */
    @Override
    public String toString() {
        byte[] bytes = new byte[hash.remaining()];
        hash.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
