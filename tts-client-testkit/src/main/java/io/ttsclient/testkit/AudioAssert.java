// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.WavReader;
import io.ttsclient.speech.Speech;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about audio, for AssertJ.
 *
 * {@snippet class="io.ttsclient.testkit.AudioAssertTest" region="audio"}
 *
 * <p>Those that look at samples take linear, mu-law and A-law audio, and fail for any other.
 */
public final class AudioAssert extends AbstractAssert<AudioAssert, byte[]> {
    private static final double SILENCE = 0.001; // root mean square; speech is 20 times louder or more
    private static final int LOUDEST = 32_000; // mu-law ends at 32124
    private static final int CLIPPED_RUN = 3; // samples in a row; a loud peak has one or two
    private static final double CLICK_JUMP = 0.05; // of full scale
    private static final double CLICK_RATIO = 4; // speech has no jump that stands out so far from its surroundings
    private static final int CLICKS_PER_SECOND_SEEN = 200; // surroundings of 5 ms on each side

    private final AudioFormat format;

    private AudioAssert(byte[] audio, AudioFormat format) {
        super(audio, AudioAssert.class);
        this.format = format;
    }

    /** Of raw audio in this format. */
    public static AudioAssert assertThatAudio(byte[] audio, AudioFormat format) {
        return new AudioAssert(audio, format);
    }

    /** Of a speech. */
    public static AudioAssert assertThatAudio(Speech speech) {
        return new AudioAssert(speech.toBytes(), speech.format());
    }

    /** Of what is inside of a WAV file, which has to be readable and whole. */
    public static AudioAssert assertThatWav(byte[] file) {
        var audio = new ByteArrayOutputStream();
        try {
            WavReader reader = WavReader.open(new ByteArrayInputStream(file));
            for (ByteBuffer next = reader.read(); next != null; next = reader.read()) {
                byte[] bytes = new byte[next.remaining()];
                next.get(bytes);
                audio.writeBytes(bytes);
            }
            if (reader.truncated()) {
                throw new AssertionError("a WAV file of " + file.length + " bytes is cut: it has " + audio.size()
                        + " bytes of audio and announces more");
            }
            return new AudioAssert(audio.toByteArray(), reader.format());
        } catch (IOException e) {
            throw new AssertionError(file.length + " bytes are no WAV file: " + e.getMessage(), e);
        }
    }

    /** In this format, with whole samples. */
    public AudioAssert hasFormat(AudioFormat expected) {
        isNotNull();
        if (!format.equals(expected)) {
            failWithMessage("expected audio in %s and it is in %s", expected, format);
        }
        if (actual.length % format.bytesPerFrame() != 0) {
            failWithMessage("%d bytes of audio in %s end in the middle of a sample", actual.length, format);
        }
        return this;
    }

    /** Plays so long, give or take {@code tolerance}. */
    public AudioAssert hasDuration(Duration expected, Duration tolerance) {
        isNotNull();
        if (format.encoding().isCompressed()) {
            failWithMessage("how long audio in %s plays cannot be told from its size", format);
        }
        Duration duration = format.durationOf(actual.length);
        if (duration.minus(expected).abs().compareTo(tolerance) > 0) {
            failWithMessage(
                    "expected audio that plays %s, give or take %s, and it plays %s: %d bytes in %s",
                    expected, tolerance, duration, actual.length, format);
        }
        return this;
    }

    /** Has samples, and they are not silence alone: a root mean square above 0.001. */
    public AudioAssert isNotSilent() {
        Samples samples = samples();
        if (samples.rms() <= SILENCE) {
            failWithMessage(
                    "expected sound, and %d samples in %s have a root mean square of %s",
                    samples.count(), format, level(samples.rms()));
        }
        return this;
    }

    /** Has a root mean square between these, which are from 0 to 1; speech is mostly between 0.02 and 0.2. */
    public AudioAssert hasRmsBetween(double least, double most) {
        double rms = samples().rms();
        if (rms < least || rms > most) {
            failWithMessage(
                    "expected a root mean square from %s to %s, and it is %s", level(least), level(most), level(rms));
        }
        return this;
    }

    /** Does not stay at one level near full scale for three samples or more, as audio does that was made louder than fits. */
    public AudioAssert hasNoClipping() {
        Samples samples = samples();
        int inARow = 1;
        int clipped = 0;
        int first = 0;
        for (int i = 1; i < samples.count(); i++) {
            short value = samples.value(i);
            inARow = Math.abs(value) >= LOUDEST && value == samples.value(i - 1) ? inARow + 1 : 1;
            if (inARow == CLIPPED_RUN) {
                clipped++;
                first = clipped == 1 ? i - CLIPPED_RUN + 1 : first;
            }
        }
        if (clipped > 0) {
            failWithMessage(
                    "expected no clipping, and its peaks are cut off in %d places, first at %s",
                    clipped, samples.timeOf(first));
        }
        return this;
    }

    /**
     * Has no click, as there is where pieces are put together badly: no jump from a sample to the next that is more than a
     * twentieth of full scale and four times as far as each other one within 5 ms, but for those beside it.
     */
    public AudioAssert hasNoClicks() {
        Samples samples = samples();
        for (int i = 1; i < samples.count(); i++) {
            if (isClick(samples, i)) {
                failWithMessage(
                        "expected no click, and at %s it jumps from %.3f to %.3f of full scale, far beyond what it does around",
                        samples.timeOf(i), samples.level(i - 1), samples.level(i));
            }
        }
        return this;
    }

    private static boolean isClick(Samples samples, int index) {
        double jump = samples.jump(index);
        if (jump <= CLICK_JUMP) {
            return false;
        }
        int around = Math.max(2, samples.sampleRate() / CLICKS_PER_SECOND_SEEN);
        int end = Math.min(samples.count() - 1, index + around);
        for (int i = Math.max(1, index - around); i <= end; i++) {
            if (Math.abs(i - index) > 1 && samples.jump(i) * CLICK_RATIO >= jump) {
                return false;
            }
        }
        return true;
    }

    /** Is the same, byte for byte, as another rendering. */
    public AudioAssert isSameRenderingAs(byte[] audio, AudioFormat otherFormat) {
        hasFormat(otherFormat);
        int at = Arrays.mismatch(actual, audio);
        if (at >= 0) {
            failWithMessage(
                    "expected the same audio as another rendering of %d bytes, and %d bytes differ from it at byte %d, which is heard at"
                            + " %s%s",
                    audio.length, actual.length, at, heardAt(at), difference(audio));
        }
        return this;
    }

    /** Is the same, byte for byte, as another rendering. */
    public AudioAssert isSameRenderingAs(Speech other) {
        return isSameRenderingAs(other.toBytes(), other.format());
    }

    private String heardAt(int position) {
        return format.encoding().isCompressed()
                ? "an unknown time"
                : format.durationOf(position).toString();
    }

    /** How different it is, where that can be told. */
    private String difference(byte[] audio) {
        return Samples.of(audio, format)
                .flatMap(theirs -> Samples.of(actual, format).map(ours -> difference(ours, theirs)))
                .orElse("");
    }

    private static String difference(Samples ours, Samples theirs) {
        int common = Math.min(ours.count(), theirs.count());
        int different = 0;
        double largest = 0;
        for (int i = 0; i < common; i++) {
            if (ours.value(i) != theirs.value(i)) {
                different++;
                largest = Math.max(largest, Math.abs(ours.level(i) - theirs.level(i)));
            }
        }
        return String.format(
                Locale.ROOT,
                "; %d of the %d samples that both have are different, by at most %.4f of full scale",
                different,
                common,
                largest);
    }

    private Samples samples() {
        isNotNull();
        Samples samples = Samples.of(actual, format)
                .orElseThrow(() -> new AssertionError("there are no samples to look at in " + format));
        if (samples.count() == 0) {
            failWithMessage("expected audio in %s, and there is none", format);
        }
        return samples;
    }

    /** With its decibels below full scale. */
    private static String level(double rms) {
        return rms <= 0 ? "0" : String.format(Locale.ROOT, "%.4f (%.1f dBFS)", rms, 20 * Math.log10(rms));
    }
}
