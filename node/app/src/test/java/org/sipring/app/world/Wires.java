package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The IP network as SIP uses it: datagrams may get lost, streams repeat what is lost. */
final class Wires {
    private final Ground ground;
    private final Map<InetSocketAddress, Station> stations = new HashMap<>();
    private int connections;
    private boolean inviteRepeated;

    Wires(Ground ground) {
        this.ground = ground;
    }

    /** From now on a station listens at an address, instead of whoever did before. */
    void listen(InetSocketAddress address, Station station) {
        stations.put(address, station);
    }

    /** Who listens at an address; empty where the machine would say that nobody does. */
    Optional<Station> at(InetSocketAddress address) {
        return Optional.ofNullable(stations.get(address)).filter(Station::alive);
    }

    /** Lets something arrive at a station's process, perhaps; never where the process is another one by then. */
    void carry(Station from, Station to, Runnable arrival) {
        ground.network().send(from.name(), to.name(), () -> {
            if (to.alive()) {
                arrival.run();
            }
        });
    }

    /** Whether a station could say to another that it does not listen, and be heard. */
    boolean open(Station one, Station other) {
        return ground.network().open(one.name(), other.name())
                && ground.network().open(other.name(), one.name());
    }

    /** What the machines themselves do, also while a process hangs. */
    void after(Duration delay, Runnable task) {
        ground.fate().after(delay, task);
    }

    Duration now() {
        return ground.time().elapsed();
    }

    /** A process has heard the same INVITE before. */
    void repeatInvite() {
        inviteRepeated = true;
    }

    boolean inviteRepeated() {
        return inviteRepeated;
    }

    int nextConnection() {
        return ++connections;
    }

    Judge judge() {
        return ground.judge();
    }
}
