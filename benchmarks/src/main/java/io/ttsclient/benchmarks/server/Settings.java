// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How an answer is given. All of it can be said when the server is started, and again in the first segment of a URL's path, where
 * commas stand between settings.
 *
 * @param delay milliseconds from a whole request, or a Flush, to the first audio
 * @param frame milliseconds of audio sent at once
 * @param seconds how much audio one answer holds
 * @param over milliseconds from the first frame to the end of the last one's time; -1 for as long as the audio lasts, 0 for as
 *     fast as the client reads
 * @param rate samples a second, where the request does not say; Gemini's routes have 24 000 whatever is set
 * @param stagger whether the frames of different connections fall on different moments of a frame's time
 * @param stamp whether the first eight bytes of each frame of linear16 audio are the moment at which it was due, in the server's
 *     {@link System#nanoTime()}, little endian; on Linux that clock is the same in all processes
 * @param faulty each answer of that number is cut off: one before its first audio, the next in the middle; 0 for none
 */
record Settings(int delay, int frame, int seconds, int over, int rate, boolean stagger, boolean stamp, int faulty) {
    static final Settings DEFAULT = new Settings(20, 20, 2, -1, 24_000, false, false, 0);

    static Settings parse(List<String> settings) {
        Settings result = DEFAULT;
        for (String setting : settings) {
            result = result.with(setting);
        }
        return result;
    }

    /** Whether a path's segment holds settings. */
    static boolean areIn(String segment) {
        return segment.indexOf('=') > 0;
    }

    /** These settings but for one, given as {@code name=value}. */
    Settings with(String setting) {
        int equals = setting.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("a setting is name=value, not " + setting);
        }
        String value = setting.substring(equals + 1);
        return switch (setting.substring(0, equals)) {
            case "delay" -> new Settings(number(value, 0), frame, seconds, over, rate, stagger, stamp, faulty);
            case "frame" -> new Settings(delay, number(value, 1), seconds, over, rate, stagger, stamp, faulty);
            case "seconds" -> new Settings(delay, frame, number(value, 1), over, rate, stagger, stamp, faulty);
            case "over" -> new Settings(delay, frame, seconds, number(value, -1), rate, stagger, stamp, faulty);
            case "rate" -> new Settings(delay, frame, seconds, over, number(value, 8_000), stagger, stamp, faulty);
            case "stagger" ->
                new Settings(delay, frame, seconds, over, rate, Boolean.parseBoolean(value), stamp, faulty);
            case "stamp" ->
                new Settings(delay, frame, seconds, over, rate, stagger, Boolean.parseBoolean(value), faulty);
            case "faulty" -> new Settings(delay, frame, seconds, over, rate, stagger, stamp, number(value, 0));
            default ->
                throw new IllegalArgumentException("no such setting: " + setting
                        + " (there are delay, frame, seconds, over, rate, stagger, stamp, faulty)");
        };
    }

    private static int number(String value, int least) {
        int number = Integer.parseInt(value);
        if (number < least) {
            throw new IllegalArgumentException(number + " is below " + least);
        }
        return number;
    }

    long delayNanos() {
        return TimeUnit.MILLISECONDS.toNanos(delay);
    }

    /** The frames of an answer; the last one may be longer than the audio needs. */
    int frames() {
        return (int) ((TimeUnit.SECONDS.toMillis(seconds) + frame - 1) / frame);
    }

    /** From one frame to the next. */
    long frameNanos() {
        return over < 0 ? TimeUnit.MILLISECONDS.toNanos(frame) : TimeUnit.MILLISECONDS.toNanos(over) / frames();
    }
}
