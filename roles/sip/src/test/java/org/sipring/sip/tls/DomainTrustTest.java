package org.sipring.sip.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose chains are verified. */
final class DomainTrustTest {
    @TempDir
    Path scratch;

    @Test
    void aChainLongerThanAnyDomainNeedsIsRefusedUnread() throws Exception {
        String pem = PemPair.make(scratch, "EC", "uri:sip:example.com").certificate();
        DomainTrust trust = DomainTrust.open(Optional.of(Files.writeString(scratch.resolve("cas"), pem)));
        X509Certificate one =
                PemFiles.certificates(pem.getBytes(StandardCharsets.US_ASCII)).get(0);
        assertThatCode(() -> trust.check(chain(one, 4))).doesNotThrowAnyException();
        assertThatThrownBy(() -> trust.check(chain(one, 5)))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("5 certificates");
    }

    private static X509Certificate[] chain(X509Certificate one, int length) {
        return Collections.nCopies(length, one).toArray(X509Certificate[]::new);
    }
}
