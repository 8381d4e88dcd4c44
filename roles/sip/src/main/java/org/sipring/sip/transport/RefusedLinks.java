package org.sipring.sip.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Says in the log whose link was refused. Strangers shall not fill it: the first is named, those that follow within a
 * while are counted. Callable from any thread.
 */
final class RefusedLinks {
    /** How long refusals are counted together. */
    static final Duration COUNTED = Duration.ofSeconds(10);

    private final String kind;
    private final Consumer<String> log;
    private final BiConsumer<Duration, Runnable> later;
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * Nobody has been refused yet.
     *
     * @param kind what the links are
     * @param log takes one line
     * @param later runs something after a time, on any thread
     */
    RefusedLinks(String kind, Consumer<String> log, BiConsumer<Duration, Runnable> later) {
        this.kind = kind;
        this.log = log;
        this.later = later;
    }

    /** Another one was refused. */
    void add(Object peer, String why) {
        if (refused.incrementAndGet() == 1) {
            log.accept(kind + " with " + peer + " refused: " + why);
            later.accept(COUNTED, this::sum);
        }
    }

    private void sum() {
        int more = refused.getAndSet(0) - 1;
        if (more > 0) {
            log.accept(more + " more refusals (" + kind + ") within " + COUNTED.toSeconds() + " s");
        }
    }
}
