package org.sipring.runtime.http;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The places that a server has for connections. When all are taken, a newcomer gets the place of the connection that has
 * asked nothing for the longest time: whoever opens connections and keeps them must not lock out those who want to know
 * how the node is. Lives on the HTTP thread.
 */
final class Places {
    private final int limit;
    private final Set<Channel> taken = new LinkedHashSet<>();

    /** Those among them that may be closed without a loss, the longest idle first. */
    private final Set<Channel> idle = new LinkedHashSet<>();

    Places(int limit) {
        this.limit = limit;
    }

    /** Finds a place for a newcomer; false when all others are being answered. */
    boolean take(Channel newcomer) {
        if (taken.size() >= limit && !makeRoom()) {
            return false;
        }
        taken.add(newcomer);
        idle(newcomer);
        return true;
    }

    private boolean makeRoom() {
        Iterator<Channel> longestIdle = idle.iterator();
        if (!longestIdle.hasNext()) {
            return false;
        }
        Channel channel = longestIdle.next();
        leave(channel);
        var unused = channel.close();
        return true;
    }

    /** A connection waits for a request from now on. */
    void idle(Channel channel) {
        idle.remove(channel);
        if (taken.contains(channel)) {
            idle.add(channel);
        }
    }

    /** A connection is being answered from now on. */
    void busy(Channel channel) {
        idle.remove(channel);
    }

    /** A connection has ended, or is about to. */
    void leave(Channel channel) {
        taken.remove(channel);
        idle.remove(channel);
    }
}
