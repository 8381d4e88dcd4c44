package org.sipring.proxy.load;

import java.time.Duration;
import org.sipring.api.Meter;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.sip.transaction.SipStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second how much a node has to do, and tells the others when that changes. Lives in one room. */
public final class LoadWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final SipStack stack;
    private final Overlay overlay;
    private final Ticker room;
    private volatile Busyness busyness = Busyness.WELL;
    private boolean over;

    /**
     * A watch that does not look yet.
     *
     * @param stack whose load it is
     * @param overlay tells the others
     * @param room where to look
     * @param meter where to show it
     */
    public LoadWatch(SipStack stack, Overlay overlay, Ticker room, Meter meter) {
        this.stack = stack;
        this.overlay = overlay;
        this.room = room;
        meter.gauge(
                "sipring_busy",
                "1 while this node asks the others and DNS to spare it.",
                () -> busyness.busy() ? 1 : 0);
        meter.gauge(
                "sipring_sip_loop_delay_seconds",
                "How long a task waited for the SIP loop that has most to do.",
                () -> stack.delay().toNanos() / 1e9);
    }

    /** Begins to look. From any thread. */
    public void start() {
        room.execute(this::look);
    }

    /** Looks no more, and then the loops may end. From any thread. */
    @Override
    public synchronized void close() {
        over = true;
    }

    private synchronized void look() {
        if (over) {
            return;
        }
        Busyness before = busyness;
        Sample sample = new Sample(stack.fill(), stack.delay());
        busyness = before.after(sample, room.nanos());
        if (busyness.busy() != before.busy()) {
            overlay.spare(busyness.busy());
            log(sample);
        }
        stack.probe();
        room.after(EVERY, this::look);
    }

    private void log(Sample sample) {
        if (busyness.busy()) {
            LOG.warn(
                    "this node has too much to do, and others are to spare it: {} % of its transactions, {} ms for a task",
                    Math.round(sample.fill() * 100), sample.delay().toMillis());
        } else {
            LOG.info("this node has no longer too much to do");
        }
    }
}
