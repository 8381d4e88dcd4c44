package org.sipring.dns.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.wire.Room;
import org.sipring.dns.wire.SeededChance;
import org.sipring.dns.wire.TsigKey;

/** The manager writes to the embedded server. */
class EmbeddedManagerTest extends ManagerContract {
    private final TsigKey key = TsigKey.generate("sipring", new SeededChance(7));
    private final Room room = new Room();
    private DnsServer server;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = DnsServer.start(new DnsServer.Setup("sipring.test.", key, listen, Optional.of(data)), room);
    }

    @AfterEach
    void stop() {
        server.close();
        room.close();
    }

    @Override
    InetSocketAddress server() {
        return server.localAddress();
    }

    @Override
    TsigKey key() {
        return key;
    }
}
