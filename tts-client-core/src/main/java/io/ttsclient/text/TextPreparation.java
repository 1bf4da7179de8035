// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Objects;

/**
 * What becomes of the parts of a text that are written to be seen: a language model writes Markdown, code, links and emoji, and
 * an engine reads their signs aloud. Immutable.
 *
 * <p>Plain prose stays as it is: a sign is taken for markup only where prose would not have it, so {@code 2 * 3 * 4}, {@code
 * snake_case}, {@code C#}, {@code a < b} and {@code $5} survive.
 */
public final class TextPreparation {
    /** What to do with one kind of thing. */
    public enum Treatment {
        /** Left as it is. */
        OFF,
        /** Turned into what a person would read out. */
        SPEAKABLE,
        /** Left out. */
        DROPPED
    }

    private static final TextPreparation NONE = new Builder().build();
    private static final TextPreparation ALL = new Builder()
            .markdown(Treatment.SPEAKABLE)
            .code(Treatment.SPEAKABLE)
            .emoji(Treatment.SPEAKABLE)
            .urls(Treatment.SPEAKABLE)
            .clean(true)
            .nfc(true)
            .build();

    private final Treatment markdown;
    private final Treatment code;
    private final Treatment emoji;
    private final Treatment urls;
    private final boolean clean;
    private final boolean nfc;

    private TextPreparation(Builder builder) {
        markdown = builder.markdown;
        code = builder.code;
        emoji = builder.emoji;
        urls = builder.urls;
        clean = builder.clean;
        nfc = builder.nfc;
    }

    /** The text as it is. */
    public static TextPreparation off() {
        return NONE;
    }

    /** For what a language model writes: everything speakable, clean and in NFC. */
    public static TextPreparation speakable() {
        return ALL;
    }

    /** Starts from {@link #off()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.markdown = markdown;
        builder.code = code;
        builder.emoji = emoji;
        builder.urls = urls;
        builder.clean = clean;
        builder.nfc = nfc;
        return builder;
    }

    public Treatment markdown() {
        return markdown;
    }

    public Treatment code() {
        return code;
    }

    public Treatment emoji() {
        return emoji;
    }

    public Treatment urls() {
        return urls;
    }

    public boolean clean() {
        return clean;
    }

    public boolean nfc() {
        return nfc;
    }

    /** Whether nothing is changed. */
    public boolean isOff() {
        return equals(NONE);
    }

    /** Prepares a whole text. */
    public PreparedText prepare(CharSequence text) {
        TextPreparer preparer = start();
        String prepared = preparer.append(text) + preparer.finish();
        return new PreparedText(prepared, preparer.sources());
    }

    /** Prepares one text that grows. */
    public TextPreparer start() {
        return new TextPreparer(this, new TextWindow());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextPreparation that
                && markdown == that.markdown
                && code == that.code
                && emoji == that.emoji
                && urls == that.urls
                && clean == that.clean
                && nfc == that.nfc;
    }

    @Override
    public int hashCode() {
        return Objects.hash(markdown, code, emoji, urls, clean, nfc);
    }

    @Override
    public String toString() {
        return "TextPreparation[markdown " + markdown + ", code " + code + ", emoji " + emoji + ", urls " + urls
                + (clean ? ", clean" : "") + (nfc ? ", nfc" : "") + "]";
    }

    /** Builds {@link TextPreparation}; not thread-safe. */
    public static final class Builder {
        private Treatment markdown = Treatment.OFF;
        private Treatment code = Treatment.OFF;
        private Treatment emoji = Treatment.OFF;
        private Treatment urls = Treatment.OFF;
        private boolean clean;
        private boolean nfc;

        private Builder() {}

        /**
         * Markdown. In both treatments the text of headings, emphasis, list items, block quotes and links stays, without the
         * signs; numbers of numbered lists stay, and horizontal rules go. A heading, list item or table row that ends without
         * punctuation gets a full stop ({@code 。} behind Chinese or Japanese). SPEAKABLE keeps table cells, with commas between
         * them, and the alternative text of images; DROPPED leaves tables and images out.
         */
        public Builder markdown(Treatment treatment) {
            markdown = Objects.requireNonNull(treatment, "markdown");
            return this;
        }

        /**
         * Code between backticks and in fences. SPEAKABLE reads code between backticks as words ({@code max_size} as {@code max
         * size}) and a fenced block only if it says it is text, or nothing; program code is left out. DROPPED leaves all of it out.
         */
        public Builder code(Treatment treatment) {
            code = Objects.requireNonNull(treatment, "code");
            return this;
        }

        /**
         * Emoji. SPEAKABLE keeps the digit of a keycap and leaves the others out, as a person reading aloud does: a name would need
         * the language of the text. DROPPED leaves out keycaps too.
         */
        public Builder emoji(Treatment treatment) {
            emoji = Objects.requireNonNull(treatment, "emoji");
            return this;
        }

        /**
         * Bare web addresses, {@code https://}, {@code http://} and {@code www.}: SPEAKABLE reads the host, {@code example.com},
         * without {@code www.}.
         */
        public Builder urls(Treatment treatment) {
            urls = Objects.requireNonNull(treatment, "urls");
            return this;
        }

        /**
         * Whether white space becomes one space, one line break or, where there was a blank line, two, and none at both ends;
         * control characters, soft hyphens, byte order marks and lone surrogates are left out.
         */
        public Builder clean(boolean cleans) {
            clean = cleans;
            return this;
        }

        /** Whether the text is brought to Unicode's normal form NFC. */
        public Builder nfc(boolean normalizes) {
            nfc = normalizes;
            return this;
        }

        public TextPreparation build() {
            return new TextPreparation(this);
        }
    }
}
