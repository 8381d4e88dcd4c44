package org.sipring.overlay.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;

class RefusalTest {
    private static final String REMOTE = "127.0.0.12:7600";

    @Test
    void ourOwnJudgementIsToldInItsOwnWords() {
        SSLHandshakeException wrapped = new SSLHandshakeException("PKIX path validation failed");
        wrapped.initCause(new RuntimeException(new CertificateException("certificate of another CA")));

        assertThat(Refusal.explain(REMOTE, true, null, wrapped))
                .isEqualTo("refused to speak to 127.0.0.12:7600: certificate of another CA");
        assertThat(Refusal.explain(REMOTE, false, null, wrapped))
                .isEqualTo("refused 127.0.0.12:7600: certificate of another CA");
    }

    @Test
    void thePeersJudgementSaysWhatToLookAt() {
        SSLHandshakeException alert = new SSLHandshakeException("Received fatal alert: certificate_unknown");

        assertThat(Refusal.explain(REMOTE, true, null, alert))
                .contains("certificate_unknown", "it is revoked, or has expired by that node's clock")
                .doesNotContain("CA");
        assertThat(Refusal.explain(REMOTE, false, null, alert))
                .contains("certificate_unknown", "is it of the same CA and domain", "Its log says which");
    }

    @Test
    void aRevocationIsCalledSo() {
        SSLHandshakeException alert = new SSLHandshakeException("Received fatal alert: certificate_revoked");

        assertThat(Refusal.explain(REMOTE, false, null, alert))
                .isEqualTo("127.0.0.12:7600 refused this node's certificate: it is revoked");
    }

    @Test
    void aPeerThatIsKnownIsNamed() {
        Identity.Holder peer = new Identity.Holder(new NodeId("n2"), "sipring.test", Set.of(), "");

        assertThat(Refusal.explain(REMOTE, false, peer, new CertificateException("revoked")))
                .startsWith("refused n2 at 127.0.0.12:7600");
    }

    @Test
    void aPeerThatOnlyWaitsIsNotAccused() {
        SSLHandshakeException alert = new SSLHandshakeException("Received fatal alert: no_application_protocol");

        assertThat(Refusal.explain(REMOTE, true, null, alert))
                .contains("is not a member at the moment")
                .doesNotContain("certificate");
    }
}
