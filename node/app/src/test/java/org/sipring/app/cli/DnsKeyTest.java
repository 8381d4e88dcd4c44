package org.sipring.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.wire.TsigKey;

final class DnsKeyTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void aKeyIsMadeThatNodesAndNameServersRead() throws Exception {
        Path file = dir.resolve("tsig.key");
        assertThat(SipringCommand.run("dns", "key", file.toString())).isZero();
        assertThat(TsigKey.read(file).name()).isEqualTo("sipring");
    }

    @Test
    void aKeyIsNeverOverwritten() throws Exception {
        Path file = Files.writeString(dir.resolve("tsig.key"), "precious");
        assertThat(SipringCommand.run("dns", "key", file.toString())).isOne();
        assertThat(file).hasContent("precious");
    }

    @Test
    void aNameThatIsNoDomainNameIsRefused() {
        Path file = dir.resolve("tsig.key");
        assertThat(SipringCommand.run("dns", "key", file.toString(), "--name", "a..b"))
                .isOne();
        assertThat(file).doesNotExist();
    }
}
