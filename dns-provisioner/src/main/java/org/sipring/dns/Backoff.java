package org.sipring.dns;

import java.time.Duration;
import org.sipring.dns.zone.UpdateResult;

/** When to ask the primary again: after each failure twice as long. Lives in the manager's room. */
final class Backoff {
    /** The longest pause. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration FIRST = Duration.ofMillis(50);

    private int failedReads;
    private int failedWrites;

    // Monotonic nanoseconds.
    private long notBefore;

    Backoff(long now) {
        notBefore = now;
    }

    /** How long to wait still; zero or less when it is time. */
    Duration left(long now) {
        return Duration.ofNanos(notBefore - now);
    }

    /** There is news, so that waiting is over. */
    void end(long now) {
        notBefore = now;
    }

    /** The primary answered, whatever it said. */
    void answered() {
        failedReads = 0;
    }

    /** An update was applied. */
    void applied() {
        failedWrites = 0;
    }

    /** No answer, or an unusable one. */
    void unreadable(long began) {
        pause(++failedReads, began);
    }

    /** Tells whether it is more than one lost answer, which would be no news. */
    boolean isDown() {
        return failedReads > 1;
    }

    /** It is not known whether an update was applied. */
    void unanswered() {
        failedWrites++;
    }

    /** A failed prerequisite is read and planned again at once, the first time; nothing else heals so fast. */
    void rejected(UpdateResult result, long began) {
        failedWrites++;
        if (result != UpdateResult.PREREQUISITE_FAILED || failedWrites > 1) {
            pause(failedWrites, began);
        }
    }

    // Counted from the beginning of the last request, which may have taken its time already.
    private void pause(int failures, long began) {
        long doubled = FIRST.toNanos() << Math.min(failures - 1, 10);
        notBefore = began + Math.min(doubled, LONGEST.toNanos());
    }
}
