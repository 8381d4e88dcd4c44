package org.sipring.testkit;

import java.util.Comparator;
import org.sipring.api.Ticker;

/** Something that will happen on a host. Events of one moment happen in the order in which they were asked for. */
final class SimEvent implements Ticker.Timer, Comparable<SimEvent> {
    private static final Comparator<SimEvent> ORDER =
            Comparator.comparingLong(SimEvent::at).thenComparingLong(event -> event.order);

    private final long at;
    private final long order;
    private final SimHost host;
    private final Runnable task;
    private boolean cancelled;

    SimEvent(long at, long order, SimHost host, Runnable task) {
        this.at = at;
        this.order = order;
        this.host = host;
        this.task = task;
    }

    /** When, in nanoseconds of the world's age. */
    long at() {
        return at;
    }

    void run() {
        host.run(this::runUnlessCancelled);
    }

    private void runUnlessCancelled() {
        if (!cancelled) {
            task.run();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public int compareTo(SimEvent other) {
        return ORDER.compare(this, other);
    }
}
