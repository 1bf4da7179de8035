// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.databind.JsonNode;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSniffer;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.BodyType;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.HttpResponse;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.function.Function;

/** Finds the audio in an answer: by what the bytes are, not by what they are called. */
final class Answers {
    private final Function<HttpError, TtsException> refusal;
    private final OptionalInt sampleRate;

    /** {@code sampleRate} is that of samples without a header, where it is known. */
    Answers(Function<HttpError, TtsException> refusal, OptionalInt sampleRate) {
        this.refusal = refusal;
        this.sampleRate = sampleRate;
    }

    /** The speech in {@code response}, which is not JSON, once its first audio is there. */
    AudioSource audio(Synthesis synthesis, Utterance utterance, HttpResponse response, BodyType type) {
        return AnswerSource.open(synthesis, response, () -> switch (type) {
            case EMPTY ->
                throw synthesis
                        .failure(Category.NO_AUDIO, "the server answered with nothing")
                        .build();
            case EVENT_STREAM -> {
                var events = new EventAudio(synthesis, response, refusal);
                yield sniffed(
                        utterance, events, () -> events.sampleRate().isPresent() ? events.sampleRate() : sampleRate);
            }
            default -> of(utterance, response.asInputStream(), type, sampleRate);
        });
    }

    /** The speech in the field {@code field} of {@code json}, the whole answer. */
    AudioSource base64(Synthesis synthesis, Utterance utterance, HttpResponse response, JsonNode json, String field) {
        return AnswerSource.open(synthesis, response, () -> {
            byte[] audio = json.path(field).binaryValue();
            if (audio == null) {
                throw new IOException("JSON without audio in its field '" + field + "'");
            }
            return sniffed(utterance, new ByteArrayInputStream(audio), () -> sampleRate);
        });
    }

    /** What tells a rate once the first bytes have been read. */
    private interface Rate {
        OptionalInt get();
    }

    private static AnswerAudio sniffed(Utterance utterance, InputStream in, Rate rate) throws IOException {
        var buffered = new BufferedInputStream(in);
        buffered.mark(AudioSniffer.BYTES_NEEDED);
        byte[] first = buffered.readNBytes(AudioSniffer.BYTES_NEEDED);
        buffered.reset();
        BodyType type =
                AudioSniffer.sniff(ByteBuffer.wrap(first)).map(BodyType::of).orElse(BodyType.OTHER);
        return of(utterance, buffered, type, rate.get());
    }

    private static AnswerAudio of(Utterance utterance, InputStream in, BodyType type, OptionalInt rate)
            throws IOException {
        AudioFormat wanted = utterance.format();
        if (type == BodyType.WAV && wanted.encoding() == Encoding.LINEAR16) {
            return new WavAudio(in);
        }
        if (isCodec(type, wanted)) {
            return new RawAudio(in, wanted);
        }
        if (type != BodyType.OTHER || wanted.encoding() != Encoding.LINEAR16) {
            throw new IOException(type + " where " + wanted + " was asked for");
        }
        if (rate.isEmpty()) {
            throw new IOException("samples without a header, and no sampleRate(...) is set, which nothing else tells");
        }
        return new RawAudio(in, AudioFormat.linear16(rate.getAsInt()));
    }

    private static boolean isCodec(BodyType type, AudioFormat wanted) {
        return switch (type) {
            case MP3 -> wanted.encoding() == Encoding.MP3;
            case AAC -> wanted.encoding() == Encoding.AAC;
            case FLAC -> wanted.encoding() == Encoding.FLAC && wanted.container() == Container.RAW;
            case OGG_OPUS -> wanted.encoding() == Encoding.OPUS;
            case OGG_VORBIS -> wanted.encoding() == Encoding.VORBIS;
            case OGG_FLAC -> wanted.encoding() == Encoding.FLAC && wanted.container() == Container.OGG;
            default -> false;
        };
    }
}
