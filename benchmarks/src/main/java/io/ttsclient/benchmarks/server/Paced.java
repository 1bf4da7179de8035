// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.nio.ByteBuffer;

/** The frames of one answer on their way, each when it is due; a client that reads slowly gets them when it has read. */
final class Paced {
    private final Connection connection;
    private final Frames frames;
    private final int count;
    private final long interval;
    private final Runnable atEnd;
    private final int cutAt; // a frame that is not sent any more; -1 for none
    private long due;
    private int index;
    private boolean stopped;

    /** Makes what is sent. */
    interface Frames {
        ByteBuffer frame(int index, long dueNanos);
    }

    private Paced(Connection connection, Settings settings, Frames frames, Runnable atEnd) {
        this.connection = connection;
        this.frames = frames;
        this.atEnd = atEnd;
        count = settings.frames();
        interval = settings.frameNanos();
        cutAt = cut(connection.loop().answer(), settings, count);
        due = System.nanoTime() + settings.delayNanos() + connection.stagger(settings);
    }

    private static int cut(int answer, Settings settings, int count) {
        if (settings.faulty() == 0 || answer % settings.faulty() != 0) {
            return -1;
        }
        return answer / settings.faulty() % 2 == 0 ? 0 : count / 2;
    }

    /** Starts to send; {@code atEnd} runs right after the last frame. */
    static Paced start(Connection connection, Settings settings, Frames frames, Runnable atEnd) {
        var paced = new Paced(connection, settings, frames, atEnd);
        connection.loop().at(paced.due, paced::next);
        return paced;
    }

    /** No frame is sent any more, nor does the end come. */
    void stop() {
        stopped = true;
    }

    private void next() {
        if (stopped || !connection.isOpen()) {
            return;
        }
        if (index == cutAt) {
            connection.cut();
            return;
        }
        connection.send(frames.frame(index, due));
        index++;
        due += interval;
        connection.whenSent(index < count ? () -> connection.loop().at(due, this::next) : this::end);
    }

    private void end() {
        if (!stopped) {
            atEnd.run();
        }
    }
}
