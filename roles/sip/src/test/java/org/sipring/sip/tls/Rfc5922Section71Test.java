package org.sipring.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SIP domains that a certificate names: RFC 5922 section 7.1. */
final class Rfc5922Section71Test {
    @TempDir
    Path scratch;

    private X509Certificate certificate(String... names) throws Exception {
        String pem = PemPair.make(scratch, "EC", names).certificate();
        return PemFiles.certificates(pem.getBytes(StandardCharsets.US_ASCII)).get(0);
    }

    private Set<String> identities(String... names) throws Exception {
        return SipIdentities.of(certificate(names));
    }

    @Test
    void sipUrisWithoutAUserAreDomains() throws Exception {
        assertThat(identities("uri:sip:Example.com", "uri:sip:example.net:5061;transport=tls", "dns:host.example.com"))
                .containsExactlyInAnyOrder("example.com", "example.net");
    }

    @Test
    void hostNamesForPhonesThatReadNoUriAreNoDomainsBesideOne() throws Exception {
        assertThat(identities(
                        "uri:sipring:node:n1",
                        "uri:sip:example.com",
                        "dns:example.com",
                        "dns:proxy.example.com",
                        "dns:n1.edge.example.com"))
                .containsExactly("example.com");
    }

    @Test
    void urisWithAUserOrOfAnotherSchemeAreNone() throws Exception {
        assertThat(identities("uri:sip:alice@example.com", "uri:sips:example.net", "uri:https://example.org"))
                .isEmpty();
    }

    @Test
    void dnsNamesCountWhereNoSipUriDoes() throws Exception {
        assertThat(identities("dns:Example.com", "uri:sip:alice@example.net")).containsExactly("example.com");
    }

    private Set<String> identitiesOf(String subject) throws Exception {
        String pem = PemPair.ofSubject(scratch, subject).certificate();
        return SipIdentities.of(
                PemFiles.certificates(pem.getBytes(StandardCharsets.US_ASCII)).get(0));
    }

    @Test
    void theCommonNameIsAWholeValueAndTheMostSpecificOne() throws Exception {
        assertThat(identitiesOf("CN=Example.com, O=Some")).containsExactly("example.com");
        assertThat(identitiesOf("O=Some\\,CN\\=victim.test\\,x, C=DE")).isEmpty();
        assertThat(identitiesOf("CN=x\\,CN\\=victim.test\\,y, C=DE")).isEmpty();
        assertThat(identitiesOf("CN=a person, CN=victim.test")).isEmpty();
        assertThat(identitiesOf("CN=a.test, CN=b.test")).containsExactly("a.test");
    }

    @Test
    void theCommonNameCountsWhereThereIsNoSubjectAltName() throws Exception {
        assertThat(identities("dns:a.example")).containsExactly("a.example");
        assertThat(identities("ip:192.0.2.1")).as("CN is of no interest here").isEmpty();
        assertThat(SipIdentities.addresses(certificate("ip:192.0.2.1"))).containsExactly("192.0.2.1");
    }
}
