// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the value of a field of a request comes from. A field without a value is left out. Immutable. */
public final class Value {
    /** The text, in Unicode's normal form C. */
    public static final Value TEXT = new Value(Kind.TEXT, Utterance::text);
    /** The id of the voice. */
    public static final Value VOICE = new Value(Kind.VOICE, Utterance::voice);
    /** The name of the model. */
    public static final Value MODEL = new Value(Kind.MODEL, Utterance::model);
    /** The language, as {@link DialectBuilder#language} says that the server calls it. */
    public static final Value LANGUAGE = new Value(Kind.LANGUAGE, Utterance::language);
    /** The speed, as the dialect's {@link Speed} puts it. */
    public static final Value SPEED = new Value(Kind.SPEED, Utterance::speed);
    /** The encoding of the audio, as {@link DialectBuilder#encoding} says that the server calls it. */
    public static final Value ENCODING = new Value(Kind.ENCODING, Utterance::encoding);

    private final Kind kind;
    private final Function<Utterance, @Nullable Object> source;

    private enum Kind {
        TEXT,
        VOICE,
        MODEL,
        LANGUAGE,
        SPEED,
        ENCODING,
        EVENTS,
        CONSTANT
    }

    private Value(Kind kind, Function<Utterance, @Nullable Object> source) {
        this.kind = kind;
        this.source = source;
    }

    /** Always this string, number or boolean. */
    public static Value always(Object constant) {
        require(constant);
        return new Value(Kind.CONSTANT, utterance -> constant);
    }

    /** This string, number or boolean where {@link Delivery#EVENTS} is wanted, and no field otherwise. */
    public static Value whereEvents(Object constant) {
        require(constant);
        return new Value(Kind.EVENTS, utterance -> utterance.delivery() == Delivery.EVENTS ? constant : null);
    }

    /** The same, but {@code constant}, a string, number or boolean, where the request does not say. */
    public Value or(Object constant) {
        require(constant);
        return new Value(kind, utterance -> {
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

    /** Whether both come from the same place, whatever stands in for them. */
    boolean isLike(Value other) {
        return kind == other.kind;
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
