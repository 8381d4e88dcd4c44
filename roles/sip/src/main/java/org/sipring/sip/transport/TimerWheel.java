package org.sipring.sip.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/**
 * The longer timers of a loop, each of which may come up to 20 ms late: a hashed timing wheel (Varghese and Lauck, 1987).
 * Transactions linger for half a minute by the hundred thousand. Here such a timer costs one small object, nothing is
 * sorted, and the loop wakes once for all that are due in the same tick. Lives in one loop.
 */
final class TimerWheel {
    private static final long TICK = Duration.ofMillis(20).toNanos();
    private static final long LONGEST = Duration.ofDays(365).toNanos();
    // One turn takes 41 s: what lingers for 64 T1 comes up in its own.
    private static final int SLOTS = 1 << 11;

    private final LongSupplier clock;
    private final Alarm alarm;
    private final Consumer<Runnable> runner;
    // What comes up in the same tick of a turn, of this turn or a later one; null where nothing does.
    private final List<@Nullable List<Entry>> slots = new ArrayList<>(Collections.nCopies(SLOTS, null));
    private final long begin;
    // The last tick whose timers have run.
    private long done;
    private int held;
    private boolean turning;
    private long wakeAt = Long.MAX_VALUE;
    private @Nullable Future<?> wake;

    /** Wakes the loop once. */
    interface Alarm {
        /** Runs a task in the loop, not before the delay in nanoseconds has passed. */
        Future<?> after(long delay, Runnable task);
    }

    /** A timer. A cancelled one stays in its slot until its time, without its task. */
    private static final class Entry implements Ticker.Timer {
        private final long tick;
        private @Nullable Runnable task;

        Entry(long tick, Runnable task) {
            this.tick = tick;
            this.task = task;
        }

        void run(Consumer<Runnable> runner) {
            Runnable due = task;
            task = null;
            if (due != null) {
                runner.accept(due);
            }
        }

        @Override
        public void cancel() {
            task = null;
        }
    }

    /** The clock's nanoseconds never run backwards, and what runs the tasks never throws. */
    TimerWheel(LongSupplier clock, Alarm alarm, Consumer<Runnable> runner) {
        this.clock = clock;
        this.alarm = alarm;
        this.runner = runner;
        begin = clock.getAsLong();
    }

    /** Runs a task once, at the end of the tick in which the delay has passed. */
    Ticker.Timer after(Duration delay, Runnable task) {
        long now = clock.getAsLong() - begin;
        if (held == 0 && !turning) {
            done = now / TICK;
        }
        long due = now + Math.min(delay.toNanos(), LONGEST);
        Entry entry = new Entry(Math.max(due / TICK + 1, done + 1), task);
        put(entry);
        wakeAt(done + 1 + (entry.tick - done - 1) % SLOTS);
        return entry;
    }

    private void put(Entry entry) {
        int at = slot(entry.tick);
        List<Entry> slot = slots.get(at);
        if (slot == null) {
            slot = new ArrayList<>();
            slots.set(at, slot);
        }
        slot.add(entry);
        held++;
    }

    private static int slot(long tick) {
        return (int) (tick & SLOTS - 1);
    }

    private void wakeAt(long tick) {
        if (turning || tick >= wakeAt) {
            return;
        }
        if (wake != null) {
            wake.cancel(false);
        }
        wakeAt = tick;
        wake = alarm.after(begin + tick * TICK - clock.getAsLong(), this::turn);
    }

    private void turn() {
        wakeAt = Long.MAX_VALUE;
        turning = true;
        long now = (clock.getAsLong() - begin) / TICK;
        while (done < now && held > 0) {
            done++;
            run(slots.set(slot(done), null));
        }
        turning = false;
        if (held > 0) {
            wakeAt(next());
        }
    }

    // Its tasks may put others into the same slot, for a later turn.
    private void run(@Nullable List<Entry> due) {
        if (due == null) {
            return;
        }
        held -= due.size();
        for (Entry entry : due) {
            if (entry.tick > done) {
                put(entry);
            } else {
                entry.run(runner);
            }
        }
    }

    private long next() {
        long tick = done + 1;
        while (slots.get(slot(tick)) == null) {
            tick++;
        }
        return tick;
    }
}
