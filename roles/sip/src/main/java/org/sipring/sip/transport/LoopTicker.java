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

    // T1 and what is longer: what is repeated a tick later is repeated in time.
    private static final Duration LONG = Duration.ofMillis(300);

    private final EventLoop loop;
    private final Ticker clock;
    private final TimerWheel wheel;

    LoopTicker(EventLoop loop, Ticker clock) {
        this.loop = loop;
        this.clock = clock;
        wheel = new TimerWheel(
                clock::nanos, (delay, task) -> loop.schedule(task, delay, TimeUnit.NANOSECONDS), LoopTicker::guard);
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
        return delay.compareTo(LONG) < 0 ? exactly(delay, task) : wheel.after(delay, task);
    }

    private Timer exactly(Duration delay, Runnable task) {
        ScheduledFuture<?> future = loop.schedule(() -> guard(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> guard(task));
    }

    // A bug in the work on one message must not stop the work on the others, nor a class that is missing the timers.
    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            LOG.error("a task of a SIP loop failed; please report this", bug);
        }
    }
}
