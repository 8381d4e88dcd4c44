package org.sipring.store.raft;

import java.time.Duration;

/** How a replica does, and for how long it may go on so before something is done about it. */
enum Life {
    /** The group has not taken it in yet. */
    WAITS(Duration.ofDays(36_500)),
    /** It is in the group, and knows who leads. */
    WELL(Duration.ofDays(36_500)),
    /** It is in the group and knows nobody who leads: most likely it is cut off, or most of the others are. */
    ALONE(Duration.ofMinutes(10)),
    /** Ratis has not let it into the group's work, or has put another's copy in its database's place only halfway. */
    STUCK(Duration.ofSeconds(30)),
    /** Ratis has ended it: after a failure of the disk, or when the machine had been suspended for minutes. */
    ENDED(Duration.ofSeconds(5)),
    /** Its database is not as it was written. */
    DAMAGED(Duration.ZERO),
    /** Its disk takes nothing more: it is only read from. */
    RESTS(Duration.ofSeconds(2)),
    /** The group has gone on without it. */
    DISMISSED(Duration.ZERO);

    private final Duration patience;

    Life(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }
}
