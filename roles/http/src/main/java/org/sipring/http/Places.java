package org.sipring.http;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The places that a server has for connections. When all are taken, a newcomer gets the place of the connection that has
 * asked nothing for the longest time: whoever opens connections and keeps them must not lock out those who want to know
 * how the node is. One address has some of the places only; its newcomers take each other's. Lives on the HTTP thread.
 */
final class Places {
    private final int limit;
    private final int limitOfOne;
    private final Map<Channel, InetAddress> taken = new HashMap<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();

    /** Those among them that may be closed without a loss, the longest idle first. */
    private final Set<Channel> idle = new LinkedHashSet<>();

    Places(int limit, int limitOfOne) {
        this.limit = limit;
        this.limitOfOne = limitOfOne;
    }

    /** Finds a place for a newcomer; false when all that it could get are being answered. */
    boolean take(Channel newcomer) {
        InetAddress address = ((InetSocketAddress) newcomer.remoteAddress()).getAddress();
        if (count(address) >= limitOfOne && !makeRoom(other -> address.equals(taken.get(other)))) {
            return false;
        }
        if (taken.size() >= limit && !makeRoom(other -> true)) {
            return false;
        }
        taken.put(newcomer, address);
        perAddress.merge(address, 1, Integer::sum);
        idle(newcomer);
        return true;
    }

    private int count(InetAddress address) {
        return perAddress.getOrDefault(address, 0);
    }

    private boolean makeRoom(Predicate<Channel> among) {
        Optional<Channel> longestIdle = idle.stream().filter(among).findFirst();
        longestIdle.ifPresent(channel -> {
            leave(channel);
            var unused = channel.close();
        });
        return longestIdle.isPresent();
    }

    /** A connection waits for a request from now on. */
    void idle(Channel channel) {
        idle.remove(channel);
        if (taken.containsKey(channel)) {
            idle.add(channel);
        }
    }

    /** A connection is being answered from now on. */
    void busy(Channel channel) {
        idle.remove(channel);
    }

    /** A connection has ended, or is about to. */
    void leave(Channel channel) {
        idle.remove(channel);
        InetAddress address = taken.remove(channel);
        if (address != null) {
            perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
