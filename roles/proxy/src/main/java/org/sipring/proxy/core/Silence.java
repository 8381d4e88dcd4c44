package org.sipring.proxy.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/** How long somebody who is sent an INVITE may say nothing before another way is taken as well. Lives in one loop. */
final class Silence {
    // An INVITE is answered by 100 within 200 ms, RFC 3261 section 17.2.1. This leaves four repetitions to be lost; the
    // 32 s of timer B are longer than a caller waits.
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private Ticker.@Nullable Timer timer;

    /** Begins to wait; {@code over} runs when nothing was heard until the end. */
    void watch(Outgoing sending, Runnable over) {
        timer = sending.after(LONGEST, over);
    }

    /** Something was heard, or nobody waits for it any more. */
    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
