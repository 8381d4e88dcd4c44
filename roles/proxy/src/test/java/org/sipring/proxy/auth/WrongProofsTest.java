package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.Sources;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;
import org.sipring.sip.transport.Flow;

/** Who is suspected of guessing passwords, and that nobody can guess who is not. RFC 7616 section 3.3. */
class WrongProofsTest implements Suspicion {
    private static final Flow ELSEWHERE = Flow.udp(Platform.PHONE.local(), new InetSocketAddress("192.0.2.66", 5070));
    private static final SipMessage REGISTER = parsed(
            """
            REGISTER sip:sipring.test SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bK1
            Max-Forwards: 70
            From: <sip:alice@sipring.test>;tag=1
            To: <sip:alice@sipring.test>
            Call-ID: c
            CSeq: 1 REGISTER
            Content-Length: 0

            """);

    private final Platform platform = new Platform();
    private final Authenticator authenticator =
            platform.authenticator(Platform.N1, AuthSettings.usual("sipring.test"), this);
    private final List<String> failed = new ArrayList<>();

    private static SipMessage parsed(String text) {
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return ((ParseResult.Parsed) SipMessage.parse(bytes)).message();
    }

    @Override
    public long source(Flow from) {
        return Sources.of(from.remote().getAddress());
    }

    @Override
    public void failed(Flow from, SipMessage request, String user) {
        failed.add(user + " at " + from.remote().getHostString());
    }

    private Verdict register(Flow from, SipMessage request) {
        return platform.time.until(authenticator.judgeRegister(request, from));
    }

    private static SipMessage refusal(Verdict verdict) {
        return verdict.match(aor -> fail("admitted as " + aor), response -> response);
    }

    private static boolean stale(Verdict verdict) {
        return DigestChallenge.parse(refusal(verdict).header("WWW-Authenticate").orElseThrow())
                .orElseThrow()
                .stale();
    }

    private SipMessage proof(Flow challenged, String user, String password) {
        return new DigestClient(user, password, platform.chance.split())
                .retry(REGISTER, refusal(register(challenged, REGISTER)))
                .orElseThrow()
                .build();
    }

    @Test
    void whoProvesNothingIsNotSuspected() {
        assertThat(stale(register(Platform.PHONE, REGISTER))).isFalse();
        assertThat(failed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void aWrongProofIsSuspectedWhoeverItIsOf(String user) {
        assertThat(stale(register(Platform.PHONE, proof(Platform.PHONE, user, "guess"))))
                .isFalse();
        assertThat(failed).containsExactly(user + " at 192.0.2.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"guess", "secret"})
    void aNonceOfAnotherSenderIsStaleWhateverTheProof(String password) {
        assertThat(stale(register(ELSEWHERE, proof(Platform.PHONE, "alice", password))))
                .isTrue();
        assertThat(failed).as("its address may be forged").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"guess", "secret"})
    void anOldNonceIsStaleWhateverTheProof(String password) {
        SipMessage proof = proof(Platform.PHONE, "alice", password);
        platform.time.advance(Duration.ofMinutes(6));
        assertThat(stale(register(Platform.PHONE, proof))).isTrue();
        assertThat(failed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"guess", "secret"})
    void aForgedNonceIsStaleWhateverTheProof(String password) {
        String nonce = DigestChallenge.parse(refusal(register(Platform.PHONE, REGISTER))
                        .header("WWW-Authenticate")
                        .orElseThrow())
                .orElseThrow()
                .nonce();
        String forged = nonce.substring(0, nonce.length() - 1) + (nonce.endsWith("A") ? "B" : "A");
        SipMessage challenge = parsed(refusal(register(Platform.PHONE, REGISTER))
                .toString()
                .replace("\r\n", "\n")
                .replaceFirst("nonce=\"[^\"]*\"", "nonce=\"" + forged + '"'));
        SipMessage proof = new DigestClient("alice", password, platform.chance.split())
                .retry(REGISTER, challenge)
                .orElseThrow()
                .build();
        assertThat(stale(register(Platform.PHONE, proof))).isTrue();
        assertThat(failed).isEmpty();
    }

    @Test
    void whoMovesIsAskedOnceMoreAndLetIn() {
        register(ELSEWHERE, proof(Platform.PHONE, "alice", "secret"));
        Verdict second = register(ELSEWHERE, proof(ELSEWHERE, "alice", "secret"));
        assertThat(second).isInstanceOf(Verdict.Admitted.class);
        assertThat(failed).isEmpty();
    }
}
