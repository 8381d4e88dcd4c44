package org.sipring.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sipring.api.NodeId;

/** The network between hosts. Messages may overtake each other. A cut is one-way and loses also what is under way. */
public final class SimNetwork {
    private final SimChance chance;
    private final Map<NodeId, SimHost> hosts = new HashMap<>();
    private final Set<Way> cuts = new HashSet<>();
    private Weather weather = Weather.FAIR;

    /**
     * A network in fair weather.
     *
     * @param chance decides delays and losses
     */
    public SimNetwork(SimChance chance) {
        this.chance = chance;
    }

    /**
     * Connects a host. A process that was there under the same name is forgotten.
     *
     * @param name its name
     * @param host the process
     */
    public void connect(NodeId name, SimHost host) {
        hosts.put(name, host);
    }

    /**
     * Sends something.
     *
     * @param from the sender
     * @param to the receiver
     * @param arrival what happens there, on the receiver's host; perhaps never, perhaps twice
     */
    public void send(NodeId from, NodeId to, Runnable arrival) {
        if (!open(from, to) || chance.percent(weather.lost())) {
            return;
        }
        carry(from, to, arrival);
        if (chance.percent(weather.repeated())) {
            carry(from, to, arrival);
        }
    }

    private void carry(NodeId from, NodeId to, Runnable arrival) {
        SimHost host = hosts.get(to);
        if (host != null) {
            host.ticker().after(delay(), () -> deliver(from, to, arrival));
        }
    }

    private void deliver(NodeId from, NodeId to, Runnable arrival) {
        if (open(from, to)) {
            arrival.run();
        }
    }

    private Duration delay() {
        long spread = weather.most().minus(weather.least()).toNanos();
        return weather.least().plusNanos(chance.below((int) spread));
    }

    /**
     * Changes the weather for what is sent from now on.
     *
     * @param next the new weather
     */
    public void turn(Weather next) {
        weather = next;
    }

    /**
     * Cuts one direction.
     *
     * @param from whose messages are lost
     * @param to who does not get them
     */
    public void cut(NodeId from, NodeId to) {
        cuts.add(new Way(from, to));
    }

    /**
     * Cuts both directions between two sides.
     *
     * @param here one side
     * @param there the other
     */
    public void part(Collection<NodeId> here, Collection<NodeId> there) {
        for (NodeId one : here) {
            for (NodeId other : there) {
                cut(one, other);
                cut(other, one);
            }
        }
    }

    /** Mends all cuts. */
    public void mend() {
        cuts.clear();
    }

    /**
     * Tells whether messages can arrive.
     *
     * @param from the sender
     * @param to the receiver
     * @return false when the way is cut
     */
    public boolean open(NodeId from, NodeId to) {
        return !cuts.contains(new Way(from, to));
    }

    private record Way(NodeId from, NodeId to) {}
}
