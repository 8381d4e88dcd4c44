package org.sipring.dns;

import java.time.Duration;
import java.util.function.Consumer;

/** What came of looking for the next thing to do. */
sealed interface Next {
    /** Hands the pause on when there is nothing to do. */
    void match(Runnable asked, Consumer<Duration> idle);

    /** The primary was asked: its answer goes on from here. */
    record Asked() implements Next {
        @Override
        public void match(Runnable asked, Consumer<Duration> idle) {
            asked.run();
        }
    }

    /**
     * Nothing is to be done, unless something happens.
     *
     * @param pause for how long
     */
    record Idle(Duration pause) implements Next {
        /** Until an interval is over that began at some time, in monotonic nanoseconds. */
        static Idle until(long since, Duration interval, long now) {
            return new Idle(Duration.ofNanos(Math.max(0, since + interval.toNanos() - now)));
        }

        /** Until the first of both. */
        Idle or(Idle other) {
            return pause.compareTo(other.pause) <= 0 ? this : other;
        }

        @Override
        public void match(Runnable asked, Consumer<Duration> idle) {
            idle.accept(pause);
        }
    }
}
