// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.Objects;

/** A text that is all there; its string form is its length. */
final class WholeText implements TextSource {
    private final String text;

    WholeText(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    @Override
    public boolean isGrowing() {
        return false;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public TextCursor cursor() {
        var all = new GrowingText();
        all.append(text);
        all.finish();
        return all.cursor();
    }

    @Override
    public Registration onGrowth(Runnable action) {
        return () -> {};
    }

    @Override
    public String toString() {
        return text.length() + " chars";
    }
}
