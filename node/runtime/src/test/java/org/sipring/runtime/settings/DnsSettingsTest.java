package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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
                .isEqualTo(new DnsSettings(
                        Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30), false));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Written written = new Written(folder);
        written.file("tsig.key", "key");
        Files.createFile(Files.createDirectory(folder.resolve("certificates")).resolve("sipring.test"));
        assertThat(written.read(
                                "dns { primary = \"127.0.0.1:5300\", tsig-file = tsig.key",
                                "resolver = \"[::1]\", ttl = 5s, prefer-sips = true }",
                                "sip.tls.certificates = certificates")
                        .dns())
                .isEqualTo(new DnsSettings(
                        Optional.of(new HostPort("127.0.0.1", 5300)),
                        Optional.of(folder.resolve("tsig.key")),
                        Optional.of(new HostPort("::1", 53)),
                        Duration.ofSeconds(5),
                        true));
    }

    @Test
    void aNetworkIsNoServer() throws Exception {
        assertThat(new Written(folder).shortMistakes("dns.resolver = \"10.0.0.1/24\""))
                .singleElement()
                .asString()
                .contains("'10.0.0.1/24' is not host:port, such as 192.0.2.1:53");
    }

    @Test
    void phonesAreNotSentToACertificateThatTheyCannotTrust() throws Exception {
        Files.createDirectory(folder.resolve("certificates"));
        assertThat(new Written(folder).shortMistakes("dns.prefer-sips = true"))
                .containsExactly(
                        "dns.prefer-sips (node.conf:1): phones need a certificate that they trust: name its folder"
                                + " in sip.tls.certificates");
        assertThat(new Written(folder).shortMistakes("dns.prefer-sips = true", "sip.tls.certificates = certificates"))
                .containsExactly("dns.prefer-sips (node.conf:1): no certificate in certificates names sipring.test: get"
                        + " one that does");
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder).shortMistakes("dns.resolver = \"127.0.0.1:0\"", "dns.ttl = 1d"))
                .containsExactly(
                        "dns.resolver (node.conf:1): '127.0.0.1:0' is not host:port, such as 192.0.2.1:53 or"
                                + " [2001:db8::1]:53",
                        "dns.ttl (node.conf:2): 86400s is out of range: use 1s to 3600s");
    }

    @Test
    void withoutAStoreTheNodeItselfNeedsTheKey() throws Exception {
        assertThat(new Written(folder)
                        .read("dns.primary = \"ns1.sipring.test\"")
                        .dns()
                        .primary())
                .isPresent();
        assertThat(new Written(folder).shortMistakes("dns.primary = \"ns1.sipring.test\"", "store.durable = false"))
                .containsExactly("dns.primary (node.conf:1): updates are signed: name the key's file in dns.tsig-file");
    }
}
