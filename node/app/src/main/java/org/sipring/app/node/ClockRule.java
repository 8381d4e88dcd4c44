package org.sipring.app.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What a node makes of clocks that differ: nonces tolerate 30 s, and stamps follow the fastest clock. Pure. */
final class ClockRule {
    /** Beyond this the operator should know. */
    static final Duration ALARM = Duration.ofSeconds(2);

    /** Beyond this a node does not enter service: phones would be challenged again and again. */
    static final Duration REFUSED = Duration.ofSeconds(30);

    private ClockRule() {}

    /**
     * How far the own clock is behind the others: their median, so that one wrong clock among three is told only to its
     * own node. Of two that disagree with it differently the nearer one is believed.
     *
     * @param others each other clock minus the own one
     * @return negative when the own clock is ahead; zero without others
     */
    static Duration behind(Collection<Duration> others) {
        List<Duration> sorted = others.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        Duration low = sorted.get((sorted.size() - 1) / 2);
        Duration high = sorted.get(sorted.size() / 2);
        return low.abs().compareTo(high.abs()) <= 0 ? low : high;
    }

    static boolean alarms(Duration behind) {
        return behind.abs().compareTo(ALARM) > 0;
    }

    static boolean refuses(Duration behind) {
        return behind.abs().compareTo(REFUSED) > 0;
    }

    static String explain(Duration behind) {
        return "this node's clock is %d s %s the other nodes': set it right, for instance with chrony"
                .formatted(behind.abs().plusMillis(500).toSeconds(), behind.isNegative() ? "ahead of" : "behind");
    }
}
