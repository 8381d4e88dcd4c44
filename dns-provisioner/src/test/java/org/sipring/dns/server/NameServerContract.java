package org.sipring.dns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.wire.Rfc2136Primary;
import org.sipring.dns.wire.Room;
import org.sipring.dns.wire.TsigKey;
import org.sipring.dns.zone.Primary;
import org.sipring.testkit.SimChance;

/** Tests of which each finds a name server as at its first start, with the empty zone {@link #ZONE}. */
abstract class NameServerContract {
    static final String ZONE = "sipring.test.";

    /** Permits updates. */
    final TsigKey key = TsigKey.generate("sipring", new SimChance(7));

    private final List<Room> rooms = new ArrayList<>();
    private final Starter starter;
    private Running server;

    NameServerContract(Starter starter) {
        this.starter = starter;
    }

    /** Starts the server under test. */
    @FunctionalInterface
    interface Starter {
        Running start(Path folder, TsigKey key) throws IOException;
    }

    /** A server that runs. */
    interface Running extends AutoCloseable {
        InetSocketAddress address();

        @Override
        void close();
    }

    @BeforeEach
    final void start(@TempDir Path folder) throws IOException {
        server = starter.start(folder, key);
    }

    @AfterEach
    final void stop() {
        rooms.forEach(Room::close);
        server.close();
    }

    final Room room() {
        return room(Duration.ZERO);
    }

    /** A room whose clock is fast. */
    final Room room(Duration fast) {
        Room room = new Room(fast);
        rooms.add(room);
        return room;
    }

    final Primary primary(TsigKey by, Duration limit, Room room) {
        return new Rfc2136Primary(server.address(), ZONE, () -> Optional.of(by), limit, room, new SimChance(1));
    }
}
