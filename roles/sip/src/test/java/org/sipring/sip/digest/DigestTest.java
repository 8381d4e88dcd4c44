package org.sipring.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimChance;

/** RFC 7616 section 3.4: both sides of a digest. */
class DigestTest {
    private static final byte[] NO_BODY = new byte[0];
    private final SimChance chance = new SimChance(1);

    private static SipMessage message(String text) {
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return ((ParseResult.Parsed) SipMessage.parse(bytes)).message();
    }

    private static final String HEADERS =
            """
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
            From: <sip:alice@sipring.test>;tag=1
            To: <sip:alice@sipring.test>
            Call-ID: c
            CSeq: 1 REGISTER
            """;
    private static final SipMessage REGISTER =
            message("REGISTER sip:sipring.test SIP/2.0\n" + HEADERS + "Content-Length: 4\n\nbody");

    /** The example of RFC 2617 section 3.5. */
    @Test
    void computesTheExampleOfRfc2617() {
        DigestResponse response = DigestResponse.parse("Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth,"
                        + " nc=00000001, cnonce=\"0a4f113b\","
                        + " response=\"6629fae49393a05397450978507c4ef1\","
                        + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")
                .orElseThrow();
        String ha1 = DigestAlgorithm.MD5.ha1("Mufasa", "testrealm@host.com", "Circle Of Life");
        assertThat(response.proves(ha1, "GET", NO_BODY)).isTrue();
        assertThat(response.proves(ha1, "POST", NO_BODY)).isFalse();
    }

    /** The example of RFC 7616 section 3.9.1. */
    @Test
    void computesTheSha256ExampleOfRfc7616() {
        DigestResponse response = DigestResponse.parse(
                        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
                                + " algorithm=SHA-256, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                                + " nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                                + " response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
                .orElseThrow();
        String ha1 = DigestAlgorithm.SHA_256.ha1("Mufasa", "http-auth@example.org", "Circle of Life");
        assertThat(response.proves(ha1, "GET", NO_BODY)).isTrue();
    }

    /** The other example of RFC 7616 section 3.9.1; of SHA-512-256, by Python's hashlib: section 3.9.2's own is wrong. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-512-256, 430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0"
    })
    void computesTheSameExampleWithOtherAlgorithms(String algorithm, String proof) {
        DigestResponse response = DigestResponse.parse(
                        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
                                + " algorithm=" + algorithm
                                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                                + " nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                                + " response=\"" + proof + '"')
                .orElseThrow();
        String ha1 = response.algorithm().ha1("Mufasa", "http-auth@example.org", "Circle of Life");
        assertThat(response.proves(ha1, "GET", NO_BODY)).isTrue();
    }

    /** RFC 7616 section 3.4.3, by Python's hashlib. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 11fb1a465797ef30777e3570b4640778",
        "SHA-256, 19688f30d2e57ef0d4def654fb7db394f9100ed20a21598351c7c5cd154e4c24",
        "SHA-512-256, a8478177e8acf99a3f9e0414af7cb78d775eb823a9b68ae198e976e335683468"
    })
    void authIntProtectsTheBody(String algorithm, String proof) {
        DigestResponse response = DigestResponse.parse("Digest username=\"alice\", realm=\"sipring.test\","
                        + " uri=\"sip:bob@sipring.test\", nonce=\"nonce\", algorithm=" + algorithm
                        + ", nc=00000002, cnonce=\"cnonce\", qop=auth-int, response=\"" + proof + '"')
                .orElseThrow();
        String ha1 = response.algorithm().ha1("alice", "sipring.test", "secret");
        byte[] body = "Hello".getBytes(StandardCharsets.UTF_8);
        assertThat(response.proves(ha1, "MESSAGE", body)).isTrue();
        assertThat(response.proves(ha1, "MESSAGE", NO_BODY)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void clientAndServerAgree(DigestAlgorithm algorithm) {
        for (List<String> qop : List.of(List.<String>of(), List.of("auth"), List.of("auth-int"))) {
            DigestChallenge challenge = new DigestChallenge("a \"quoted\" realm", "n\\1", algorithm, qop, false);
            assertThat(DigestChallenge.parse(challenge.toString())).contains(challenge);
            DigestResponse sent = new DigestClient("alice", "secret", chance).answer(challenge, REGISTER);
            DigestResponse read = DigestResponse.parse(sent.toString()).orElseThrow();
            String ha1 = algorithm.ha1("alice", challenge.realm(), "secret");
            assertThat(read).isEqualTo(sent);
            assertThat(read.proves(ha1, "REGISTER", REGISTER.body())).isTrue();
            assertThat(read.proves(ha1, "REGISTER", NO_BODY)).isEqualTo(!qop.contains("auth-int"));
            assertThat(read.proves(algorithm.ha1("alice", "r", "wrong"), "REGISTER", NO_BODY))
                    .isFalse();
        }
    }

    @Test
    void theClientCountsTheUsesOfANonce() {
        DigestClient client = new DigestClient("alice", "secret", chance);
        DigestChallenge first = new DigestChallenge("r", "1", DigestAlgorithm.MD5, List.of("auth"), false);
        DigestChallenge second = new DigestChallenge("r", "2", DigestAlgorithm.MD5, List.of("auth"), true);
        assertThat(client.answer(first, REGISTER).nonceCount()).isEqualTo(1);
        assertThat(client.answer(first, REGISTER).nonceCount()).isEqualTo(2);
        assertThat(client.answer(second, REGISTER).nonceCount()).isEqualTo(1);
    }

    @Test
    void theClientAnswersTheStrongestChallengeThatItKnows() {
        SipMessage refusal = message("SIP/2.0 401 Unauthorized\n" + HEADERS
                + "WWW-Authenticate: Digest realm=\"r\", nonce=\"1\", algorithm=SHA-999\n"
                + "WWW-Authenticate: Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"\n"
                + "WWW-Authenticate: Digest realm=\"r\", nonce=\"3\", qop=\"auth,auth-int\"\n\n");
        SipMessage retry = new DigestClient("alice", "secret", chance)
                .retry(REGISTER, refusal)
                .orElseThrow()
                .build();
        DigestResponse response = DigestResponse.parse(
                        retry.header("Authorization").orElseThrow())
                .orElseThrow();
        assertThat(retry.cseq().number()).isEqualTo(2);
        assertThat(response.nonce()).isEqualTo("2");
        assertThat(response.algorithm()).isEqualTo(DigestAlgorithm.SHA_256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest ",
                "Basic YWxpY2U6c2VjcmV0",
                "Digest username=\"a\"",
                "Digest username=\"a, realm=\"r\", nonce=\"n\", uri=\"u\", response=\"00000000000000000000000000000000\"",
                "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"x\"",
                "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"00000000000000000000000000000000\","
                        + " qop=auth, nc=00000001",
                "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"00000000000000000000000000000000\","
                        + " qop=auth, cnonce=\"c\", nc=1",
                "Digest username=\"a\", username=\"b\", realm=\"r\", nonce=\"n\", uri=\"u\","
                        + " response=\"00000000000000000000000000000000\"",
                "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", algorithm=MD5-sess,"
                        + " response=\"00000000000000000000000000000000\""
            })
    void refusesMalformedCredentials(String header) {
        assertThat(DigestResponse.parse(header)).isEmpty();
    }

    /** RFC 7616 section 3.4.6. */
    @ParameterizedTest
    @CsvSource({
        "sip:bob@sipring.test, sip:bob@sipring.test, true",
        "sip:bob@sipring.test, sip:bob@Sipring.test:5060;transport=tcp, true",
        "sip:bob@sipring.test, sip:alice@sipring.test, false",
        "sip:bob@sipring.test, sip:bob@other.test, false",
        "sip:bob@sipring.test, tel:1, false",
        "tel:1, tel:1, true",
        "sip:192.0.2.1:5060, sip:bob@sipring.test, true",
        "sip:[2001:db8::1]:5060, sip:bob@sipring.test, true",
        "sip:2001:db8::1:5060, sip:bob@sipring.test, false",
        "sip:192.0.2.66:5060, sip:bob@sipring.test, false",
        "sip:evil.test, sip:bob@sipring.test, false",
        "sip:evil.test, sip:evil.test, true"
    })
    void bindsTheCredentialsToTheResource(String uri, String requestUri, boolean fits) {
        String header = "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"" + uri
                + "\", response=\"00000000000000000000000000000000\"";
        assertThat(DigestResponse.parse(header)
                        .orElseThrow()
                        .isFor(requestUri, Set.of("192.0.2.1", "[2001:db8::1]")::contains))
                .isEqualTo(fits);
    }

    @Test
    void withoutQopACnonceIsNone() {
        DigestResponse old = DigestResponse.parse("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:h\","
                        + " cnonce=\"c\", response=\"6629fae49393a05397450978507c4ef1\"")
                .orElseThrow();
        assertThat(old.cnonce()).isEmpty();
        assertThat(DigestResponse.parse(old.toString())).contains(old);
    }
}
