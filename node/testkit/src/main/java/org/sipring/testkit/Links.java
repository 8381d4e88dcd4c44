package org.sipring.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What two nodes can know of each other by heartbeats, with the times measured on the real overlay: a killed process is
 * noticed when its connection is reset, a silent one after five heartbeats.
 */
final class Links {
    private static final Duration RESET = Duration.ofMillis(100);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final int SPREAD_MILLIS = 1000;

    private final SimTime time;
    private final SimNetwork network;
    private final SimChance chance;
    private final Map<Pair, Link> links = new HashMap<>();

    Links(SimTime time, SimNetwork network, SimChance chance) {
        this.time = time;
        this.network = network;
        this.chance = chance;
    }

    /** Looks at every pair. To be called every few heartbeats or more often. */
    void observe(Collection<SimNode> nodes) {
        for (SimNode one : nodes) {
            for (SimNode other : nodes) {
                if (one.boot() < other.boot()) {
                    link(one, other).observe(alive(one, other));
                }
            }
        }
    }

    void forget(SimNode node) {
        links.keySet().removeIf(pair -> pair.low == node || pair.high == node);
    }

    private boolean alive(SimNode one, SimNode other) {
        return one.running()
                && other.running()
                && network.open(one.self(), other.self())
                && network.open(other.self(), one.self());
    }

    /** Whether both hear each other now, and have for so long. */
    boolean calm(SimNode one, SimNode other, Duration since) {
        Link link = link(one, other);
        return one == other
                || (link.patience == null && time.elapsed().minus(link.since).compareTo(since) >= 0);
    }

    /** Whether one of them has given the other up. */
    boolean suspect(SimNode one, SimNode other) {
        Link link = link(one, other);
        boolean reset = (one.killed() || other.killed())
                && network.open(one.self(), other.self())
                && network.open(other.self(), one.self());
        return one != other
                && link.patience != null
                && time.elapsed().minus(link.since).compareTo(reset ? RESET : link.patience) >= 0;
    }

    private Link link(SimNode one, SimNode other) {
        Pair pair = one.boot() < other.boot() ? new Pair(one, other) : new Pair(other, one);
        return links.computeIfAbsent(pair, fresh -> new Link());
    }

    private record Pair(SimNode low, SimNode high) {}

    /** Calm or broken since a moment; a broken one is given up after a while. */
    private final class Link {
        private Duration since = time.elapsed();
        private @Nullable Duration patience;

        void observe(boolean alive) {
            if (alive != (patience == null)) {
                since = time.elapsed();
                patience = alive ? null : SILENCE.plusMillis(chance.below(SPREAD_MILLIS));
            }
        }
    }
}
