package org.sipring.dns.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.sipring.dns.wire.Room;
import org.sipring.dns.wire.TsigKey;

/** The embedded server on a free port, with a room of its own. */
final class Embedded implements NameServerContract.Running {
    private final Room room;
    private final DnsServer server;

    private Embedded(Room room, DnsServer server) {
        this.room = room;
        this.server = server;
    }

    static Embedded start(Path data, TsigKey key) throws IOException {
        Room room = new Room();
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        DnsServer.Setup setup = new DnsServer.Setup(NameServerContract.ZONE, key, listen, Optional.of(data));
        return new Embedded(room, DnsServer.start(setup, room));
    }

    @Override
    public InetSocketAddress address() {
        return server.localAddress();
    }

    @Override
    public void close() {
        server.close();
        room.close();
    }
}
