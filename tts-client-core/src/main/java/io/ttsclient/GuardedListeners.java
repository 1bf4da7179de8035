// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.speech.SpeechListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners one after the other, and keeps what they throw away from the audio. */
final class GuardedListeners implements SpeechListener {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedListeners.class);

    /** The request of an event that belongs to none. */
    private static final String NOBODYS = "";

    private final List<Guarded> listeners;

    private record Guarded(SpeechListener listener, AtomicBoolean hasThrown) {}

    private GuardedListeners(List<SpeechListener> listeners) {
        this.listeners = listeners.stream()
                .map(listener -> new Guarded(listener, new AtomicBoolean()))
                .toList();
    }

    /** Nobody where there are none, so that nothing is made for them. */
    static SpeechListener of(List<SpeechListener> listeners) {
        return listeners.isEmpty() ? SpeechListener.none() : new GuardedListeners(listeners);
    }

    private void tell(String requestId, Consumer<SpeechListener> event) {
        for (Guarded guarded : listeners) {
            try {
                event.accept(guarded.listener());
            } catch (RuntimeException | Error e) {
                if (guarded.hasThrown().compareAndSet(false, true)) {
                    LOG.atWarn()
                            .setCause(e)
                            .addKeyValue("requestId", requestId)
                            .log(
                                    "The listener {} throws; that is logged this once",
                                    guarded.listener().getClass().getName());
                }
            }
        }
    }

    @Override
    public void started(Started event) {
        tell(event.requestId(), listener -> listener.started(event));
    }

    @Override
    public void attemptFailed(AttemptFailed event) {
        tell(event.requestId(), listener -> listener.attemptFailed(event));
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        tell(event.requestId(), listener -> listener.attemptEnded(event));
    }

    @Override
    public void retryScheduled(RetryScheduled event) {
        tell(event.requestId(), listener -> listener.retryScheduled(event));
    }

    @Override
    public void fellBack(FellBack event) {
        tell(event.requestId(), listener -> listener.fellBack(event));
    }

    @Override
    public void firstAudio(FirstAudio event) {
        tell(event.requestId(), listener -> listener.firstAudio(event));
    }

    @Override
    public void cacheAnswered(CacheAnswered event) {
        tell(event.requestId(), listener -> listener.cacheAnswered(event));
    }

    @Override
    public void ended(Ended event) {
        tell(event.requestId(), listener -> listener.ended(event));
    }

    @Override
    public void breakerChanged(BreakerChanged event) {
        tell(NOBODYS, listener -> listener.breakerChanged(event));
    }

    @Override
    public void queueChanged(QueueChanged event) {
        tell(NOBODYS, listener -> listener.queueChanged(event));
    }
}
