package org.sipring.store.raft;

/**
 * Whether a replica is in its group, as the log tells it. It belongs to the group once it has applied the entry that took it
 * in, and so everything that was written before. Ratis' threads write it, any thread reads it.
 */
final class Membership {
    private static final long NEVER = Long.MAX_VALUE;

    private long takenIn = NEVER;
    private long applied = -1;
    private boolean begun;
    private long dismissed = NEVER;

    /**
     * A majority has agreed on a configuration.
     *
     * @param named whether the replica is in it
     * @param last whether it replaces the former one altogether
     * @param index its place in the log
     */
    synchronized void configured(boolean named, boolean last, long index) {
        if (named && takenIn == NEVER) {
            takenIn = index;
        }
        // What Ratis applies once more after the end of a process may be older than its coming.
        if (!named && last && index > applied && isMember()) {
            dismissed = index;
        }
    }

    /** Others say, or its folder does, that it is not in the group any more, having been in the configuration of an index. */
    synchronized void dismiss(long index) {
        dismissed = Math.min(dismissed, index);
    }

    /** The log has been applied as far as an index. Tells, once, that the replica belongs to the group from now on. */
    synchronized boolean reached(long index) {
        applied = Math.max(applied, index);
        boolean begins = !begun && isMember();
        begun |= begins;
        return begins;
    }

    synchronized boolean isMember() {
        return applied >= takenIn && !isDismissed();
    }

    synchronized boolean isDismissed() {
        return dismissed != NEVER;
    }

    /** Whether a configuration is newer than the dismissal. */
    synchronized boolean isTakenInAgain(long index) {
        return index > dismissed;
    }
}
