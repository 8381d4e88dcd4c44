package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().dns())
                .isEqualTo(
                        new DnsSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30)));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Written written = new Written(folder);
        written.file("tsig.key", "key");
        assertThat(written.read(
                                "dns { primary = \"127.0.0.1:5300\", tsig-file = tsig.key",
                                "resolver = \"[::1]\", ttl = 5s }")
                        .dns())
                .isEqualTo(new DnsSettings(
                        Optional.of(new HostPort("127.0.0.1", 5300)),
                        Optional.of(folder.resolve("tsig.key")),
                        Optional.of(new HostPort("::1", 53)),
                        Duration.ofSeconds(5)));
    }

    @Test
    void aNetworkIsNoServer() throws Exception {
        assertThat(new Written(folder).shortMistakes("dns.resolver = \"10.0.0.1/24\""))
                .singleElement()
                .asString()
                .contains("'10.0.0.1/24' is not host:port, such as 192.0.2.1:53");
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "dns.primary = \"ns1.sipring.test\"", "dns.resolver = \"127.0.0.1:0\"", "dns.ttl = 1d"))
                .containsExactly(
                        "dns.resolver (node.conf:2): '127.0.0.1:0' is not host:port, such as 192.0.2.1:53 or"
                                + " [2001:db8::1]:53",
                        "dns.ttl (node.conf:3): 86400s is out of range: use 1s to 3600s",
                        "dns.primary (node.conf:1): updates are signed: name the key's file in dns.tsig-file");
    }
}
