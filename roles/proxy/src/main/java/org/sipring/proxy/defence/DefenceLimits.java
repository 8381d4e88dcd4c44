package org.sipring.proxy.defence;

import java.time.Duration;
import org.sipring.proxy.foreign.Peers;

/**
 * What a node bears.
 *
 * @param source how many requests of one sender a loop works on: an IPv4 address, or an IPv6 network of 64 bits
 * @param account the same for one account
 * @param bans who is not heard at all for a while
 * @param allowed who may send as much as it likes, and is never banned
 */
public record DefenceLimits(Rate source, Rate account, Bans bans, Peers allowed) {
    /** Ordinary settings; nobody is allowed more. */
    public static final DefenceLimits DEFAULT =
            new DefenceLimits(Rate.perSecond(200, 1_000), Rate.perSecond(20, 100), Bans.DEFAULT, Peers.NOBODY);

    /**
     * Who is not heard for a while.
     *
     * @param failures the wrong proofs of one sender that are one too many
     * @param within in which time
     * @param time how long it is not heard then; zero: nobody is ever banned
     */
    public record Bans(int failures, Duration within, Duration time) {
        /** 20 within five minutes, for an hour. */
        public static final Bans DEFAULT = new Bans(20, Duration.ofMinutes(5), Duration.ofHours(1));

        Rate rate() {
            return new Rate(within.dividedBy(failures), failures - 1);
        }
    }
}
