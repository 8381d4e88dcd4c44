package org.sipring.sip.transaction;

import java.time.Duration;
import org.sipring.api.Ticker;

/** Measures how long a task waits for a loop: one at a time. Callable from any thread. */
final class LoopProbe {
    private final Ticker loop;
    private long sent;
    private boolean under;
    private Duration last = Duration.ZERO;

    LoopProbe(Ticker loop) {
        this.loop = loop;
    }

    /** Sends a task into the loop, unless the one before is still on its way. */
    synchronized void send() {
        if (!under) {
            under = true;
            sent = loop.nanos();
            loop.execute(this::arrived);
        }
    }

    private synchronized void arrived() {
        last = passed();
        under = false;
    }

    /** How long the last one took, or the one that is on its way has taken so far if that is longer. */
    synchronized Duration delay() {
        Duration now = under ? passed() : Duration.ZERO;
        return now.compareTo(last) > 0 ? now : last;
    }

    private Duration passed() {
        return Duration.ofNanos(loop.nanos() - sent);
    }
}
