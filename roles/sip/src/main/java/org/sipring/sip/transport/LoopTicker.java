package org.sipring.sip.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Netty event loop as a room. Reads the time from another ticker, whose clock may be read anywhere. */
final class LoopTicker implements Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(LoopTicker.class);

    private final EventLoop loop;
    private final Ticker clock;

    LoopTicker(EventLoop loop, Ticker clock) {
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> future = loop.schedule(() -> guard(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> guard(task));
    }

    // A bug in the work on one message must not stop the work on the others.
    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("a task of a SIP loop failed; please report this", bug);
        }
    }
}
