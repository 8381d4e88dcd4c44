package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Places;

/** The open connections of all loops by name, and how many there may be of phones. Callable from any thread. */
final class Connections {
    // Strangers who send halves of messages get an eighth of the memory, and the node lives on.
    private static final long MOST_HELD = Runtime.getRuntime().maxMemory() / 8;

    private final Map<Long, Channel> open = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong names = new AtomicLong();
    private final Places phones;

    Connections(NetworkSettings.Limits limits) {
        phones = new Places(limits.connections(), limits.connectionsPerAddress());
    }

    /** Finds a place for a connection to a phone, or refuses it. The place is to be left when the connection ends. */
    Optional<Places.Place> admit(InetAddress phone) {
        return phones.enter(phone);
    }

    /**
     * Counts the bytes of messages that have not arrived whole, over all connections.
     *
     * @param more how many more one connection holds; negative for fewer
     * @return false when all together hold too many: who asks for more must let go of everything
     */
    boolean hold(int more) {
        return held.addAndGet(more) <= MOST_HELD || more <= 0;
    }

    /** Names a connection; from now on it can be sent to. */
    long add(Channel channel) {
        long name = names.incrementAndGet();
        open.put(name, channel);
        return name;
    }

    void remove(long name) {
        open.remove(name);
    }

    @Nullable
    Channel find(long name) {
        return open.get(name);
    }

    void closeAll() {
        for (Channel channel : open.values()) {
            unheard(channel.close());
        }
    }

    /** How many there are, of phones and of nodes. */
    int count() {
        return open.size();
    }
}
