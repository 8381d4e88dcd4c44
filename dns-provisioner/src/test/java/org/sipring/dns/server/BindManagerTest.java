package org.sipring.dns.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.wire.SeededChance;
import org.sipring.dns.wire.TsigKey;

/** The manager writes to BIND 9. */
@Tag("acceptance")
class BindManagerTest extends ManagerContract {
    private final TsigKey key = TsigKey.generate("sipring", new SeededChance(7));
    private Named named;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        named = Named.start(folder, key);
    }

    @AfterEach
    void stop() {
        named.close();
    }

    @Override
    InetSocketAddress server() {
        return named.address();
    }

    @Override
    TsigKey key() {
        return key;
    }
}
