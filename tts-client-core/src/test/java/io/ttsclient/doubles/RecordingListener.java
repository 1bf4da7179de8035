// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import io.ttsclient.speech.SpeechListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Keeps all events, in order, and each also as a line to read. */
public final class RecordingListener implements SpeechListener {
    private final List<Object> events = Collections.synchronizedList(new ArrayList<>());

    public List<Object> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** The events of one type. */
    public <T> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The simple names of the types of the events. */
    public List<String> names() {
        return events().stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /** Every start has exactly one end. */
    public boolean isPaired() {
        List<String> started =
                events(Started.class).stream().map(Started::requestId).sorted().toList();
        List<String> ended =
                events(Ended.class).stream().map(Ended::requestId).sorted().toList();
        return Objects.equals(started, ended);
    }

    @Override
    public void started(Started event) {
        events.add(event);
    }

    @Override
    public void attemptFailed(AttemptFailed event) {
        events.add(event);
    }

    @Override
    public void retryScheduled(RetryScheduled event) {
        events.add(event);
    }

    @Override
    public void fellBack(FellBack event) {
        events.add(event);
    }

    @Override
    public void firstAudio(FirstAudio event) {
        events.add(event);
    }

    @Override
    public void cacheAnswered(CacheAnswered event) {
        events.add(event);
    }

    @Override
    public void ended(Ended event) {
        events.add(event);
    }

    @Override
    public void breakerChanged(BreakerChanged event) {
        events.add(event);
    }

    @Override
    public void queueChanged(QueueChanged event) {
        events.add(event);
    }
}
