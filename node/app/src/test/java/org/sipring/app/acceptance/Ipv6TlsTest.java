package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node at an IPv6 address, asked by OpenSSL over TLS and WSS. */
@Tag("acceptance")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Ipv6TlsTest {
    private final OneNode node;

    Ipv6TlsTest(@TempDir Path dir) throws IOException {
        new DomainCertificates(dir).sign(dir.resolve("certificates"), "six", "DNS:sipring.test");
        node = new OneNode(dir, "::1", "sip.tls.certificates = certificates");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void aPhoneIsAnsweredOverTls() {
        try (Openssl phone = node.connect("[::1]:5061", "sipring.test")) {
            assertThat(phone.trusts("six")).isTrue();
            phone.asks();
            phone.asks();
        }
    }

    /** RFC 7118 section 5. */
    @Test
    void aBrowserIsAnsweredOverWss() {
        try (Openssl browser = node.connect("[::1]:4443", "sipring.test")) {
            assertThat(browser.trusts("six")).isTrue();
            browser.upgrade();
            browser.asksInAFrame();
            browser.asksInAFrame();
        }
    }
}
