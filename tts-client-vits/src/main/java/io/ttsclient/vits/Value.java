// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the value of a field of a request comes from. A field without a value is left out. Immutable. */
public final class Value {
    /** The text, in Unicode's normal form C. */
    public static final Value TEXT = new Value("TEXT", Utterance::text);
    /** The id of the voice. */
    public static final Value VOICE = new Value("VOICE", Utterance::voice);
    /** The name of the model. */
    public static final Value MODEL = new Value("MODEL", Utterance::model);
    /** The language, as {@link Dialect.Builder#language} says that the server calls it. */
    public static final Value LANGUAGE = new Value("LANGUAGE", Utterance::language);
    /** The speed, as the dialect's {@link Speed} puts it. */
    public static final Value SPEED = new Value("SPEED", Utterance::speed);
    /** The encoding of the audio, as {@link Dialect.Builder#encoding} says that the server calls it. */
    public static final Value ENCODING = new Value("ENCODING", Utterance::encoding);

    private final String name;
    private final Function<Utterance, @Nullable Object> source;

    private Value(String name, Function<Utterance, @Nullable Object> source) {
        this.name = name;
        this.source = source;
    }

    /** Always this string, number or boolean. */
    public static Value always(Object constant) {
        require(constant);
        return new Value(constant.toString(), utterance -> constant);
    }

    /** The same, but {@code constant}, a string, number or boolean, where the request does not say. */
    public Value or(Object constant) {
        require(constant);
        return new Value(name + " or " + constant, utterance -> {
            Object value = source.apply(utterance);
            return value == null ? constant : value;
        });
    }

    private static void require(Object constant) {
        if (!(constant instanceof String || constant instanceof Number || constant instanceof Boolean)) {
            throw new IllegalArgumentException(
                    "constant: a " + constant.getClass().getSimpleName() + ", allowed a string, number or boolean");
        }
    }

    @Nullable
    Object of(Utterance utterance) {
        return source.apply(utterance);
    }

    @Override
    public String toString() {
        return name;
    }
}
