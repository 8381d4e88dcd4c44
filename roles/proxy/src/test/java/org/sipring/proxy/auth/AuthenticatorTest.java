package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.sipring.proxy.auth.Platform.N1;
import static org.sipring.proxy.auth.Platform.N2;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;

/** RFC 3261 section 22: who may register and call. */
class AuthenticatorTest {
    private static final AuthSettings USUAL = AuthSettings.usual("sipring.test");

    private final Platform platform = new Platform();
    private final Authenticator authenticator = platform.authenticator(N1, USUAL);
    private final DigestClient alice = client("alice", "secret");

    private DigestClient client(String user, String password) {
        return new DigestClient(user, password, platform.chance.split());
    }

    private static SipMessage request(String method, String from, String to) {
        String text =
                """
                %s sip:sipring.test SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1
                Max-Forwards: 70
                From: <sip:%s@sipring.test>;tag=1
                To: <sip:%s@sipring.test>
                Call-ID: c
                CSeq: 1 %s
                Content-Length: 0

                """
                        .formatted(method, from, to, method);
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return ((ParseResult.Parsed) SipMessage.parse(bytes)).message();
    }

    private static final SipMessage REGISTER = request("REGISTER", "alice", "alice");
    private static final SipMessage INVITE = request("INVITE", "alice", "bob");

    private Verdict register(SipMessage request) {
        return platform.time.until(authenticator.judgeRegister(request, Platform.PHONE));
    }

    private Verdict invite(SipMessage request) {
        return platform.time.until(authenticator.judgeRequest(request, Platform.PHONE));
    }

    private static SipMessage refusal(Verdict verdict) {
        return verdict.match(aor -> fail("admitted as " + aor), response -> response);
    }

    private static String admitted(Verdict verdict) {
        return verdict.match(Verdict.Admitted::aor, response -> fail("refused: " + response.status()));
    }

    private static SipMessage retry(DigestClient client, SipMessage request, Verdict challenge) {
        return client.retry(request, refusal(challenge)).orElseThrow().build();
    }

    private static DigestChallenge challenge(Verdict verdict) {
        return DigestChallenge.parse(refusal(verdict)
                        .header(refusal(verdict).status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate")
                        .orElseThrow())
                .orElseThrow();
    }

    /** RFC 3261 section 22.2. */
    @Test
    void theRegistrarChallengesWith401AndTakesTheProof() {
        Verdict first = register(REGISTER);
        assertThat(refusal(first).status()).isEqualTo(401);
        assertThat(challenge(first).stale()).isFalse();
        assertThat(challenge(first).algorithm()).isEqualTo(DigestAlgorithm.MD5);
        assertThat(admitted(register(retry(alice, REGISTER, first)))).isEqualTo("alice@sipring.test");
    }

    /** RFC 4475 section 3.3.7. */
    @Test
    void credentialsOfAnUnknownSchemeAreNone() {
        SipMessage request =
                REGISTER.edit().add("Authorization", "Handshake grip=firm").build();
        assertThat(refusal(register(request)).status()).isEqualTo(401);
        SipMessage both = retry(alice, request, register(request));
        assertThat(admitted(register(both))).isEqualTo("alice@sipring.test");
    }

    /** RFC 3261 section 22.3. */
    @Test
    void theProxyChallengesWith407AndTakesTheProof() {
        Verdict first = invite(INVITE);
        assertThat(refusal(first).status()).isEqualTo(407);
        assertThat(admitted(invite(retry(alice, INVITE, first)))).isEqualTo("alice@sipring.test");
    }

    @Test
    void anotherNodeTakesTheProofToo() {
        SipMessage second = retry(alice, REGISTER, register(REGISTER));
        Authenticator other = platform.authenticator(N2, USUAL);
        assertThat(admitted(platform.time.until(other.judgeRegister(second, Platform.PHONE))))
                .isEqualTo("alice@sipring.test");
    }

    /** RFC 7616 sections 3.3 and 5.5. */
    @Test
    void aReplayIsToldThatItsNonceIsStale() {
        SipMessage second = retry(alice, REGISTER, register(REGISTER));
        register(second);
        Verdict replay = register(second);
        assertThat(refusal(replay).status()).isEqualTo(401);
        assertThat(challenge(replay).stale()).isTrue();
        assertThat(admitted(register(retry(alice, second, replay)))).isEqualTo("alice@sipring.test");
    }

    /** RFC 7616 section 3.3. */
    @Test
    void anOldNonceIsStale() {
        SipMessage second = retry(alice, REGISTER, register(REGISTER));
        platform.time.advance(Duration.ofMinutes(10));
        assertThat(challenge(register(second)).stale()).isTrue();
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
        Verdict wrong = register(retry(client("alice", "guess"), REGISTER, register(REGISTER)));
        Verdict unknown = register(retry(client("nobody", "guess"), REGISTER, register(REGISTER)));
        assertThat(challenge(wrong).stale()).isFalse();
        assertThat(challenge(unknown).stale()).isFalse();
        assertThat(refusal(unknown).toString().length())
                .isEqualTo(refusal(wrong).toString().length());
    }

    @Test
    void aWrongPasswordUsesNoCount() {
        Verdict first = register(REGISTER);
        register(retry(client("alice", "guess"), REGISTER, first));
        assertThat(admitted(register(retry(alice, REGISTER, first)))).isEqualTo("alice@sipring.test");
    }

    /** RFC 3261 section 10.3 step 4. */
    @Test
    void nobodyRegistersForAnother() {
        SipMessage forBob = request("REGISTER", "alice", "bob");
        assertThat(refusal(register(retry(alice, forBob, register(forBob)))).status())
                .isEqualTo(403);
    }

    @Test
    void nobodyCallsInTheNameOfAnother() {
        SipMessage asBob = request("INVITE", "bob", "alice");
        assertThat(refusal(invite(retry(alice, asBob, invite(asBob)))).status()).isEqualTo(403);
    }

    @Test
    void aDisabledAccountMayNothing() {
        SipMessage carol = request("REGISTER", "carol", "carol");
        assertThat(refusal(register(retry(client("carol", "off"), carol, register(carol))))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theLimitOfAnAccountIsToldWithTheProof() {
        SipMessage bob = request("REGISTER", "bob", "bob");
        Verdict verdict = register(retry(client("bob", "hidden"), bob, register(bob)));
        assertThat(verdict)
                .isEqualTo(
                        new Verdict.Admitted("bob@sipring.test", Optional.of("bob@sipring.test"), OptionalInt.of(2)));
    }

    /** RFC 7616 section 3.4.6. */
    @Test
    void credentialsAreForOneResource() {
        SipMessage toBob = INVITE.edit().requestUri("sip:bob@sipring.test").build();
        SipMessage second = retry(alice, toBob, invite(toBob));
        SipMessage moved = second.edit().requestUri("sip:carol@sipring.test").build();
        assertThat(refusal(invite(moved)).status()).isEqualTo(400);
    }

    /** RFC 8760 section 2.3. */
    @Test
    void theStrongestOfSeveralAlgorithmsIsOfferedFirst() {
        AuthSettings both = new AuthSettings("sipring.test", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256));
        Verdict verdict = platform.time.until(platform.authenticator(N1, both).judgeRegister(REGISTER, Platform.PHONE));
        assertThat(refusal(verdict).headers("WWW-Authenticate")).hasSize(2);
        assertThat(challenge(verdict).algorithm()).isEqualTo(DigestAlgorithm.SHA_256);
    }

    /** RFC 7616 section 3.4. */
    @Test
    void theProtectionOfBodiesIsOfferedWhereTheOperatorWantsIt() {
        assertThat(challenge(register(REGISTER)).qop()).containsExactly("auth");
        AuthSettings both = new AuthSettings(AuthSettings.usual("sipring.test").domains(), true);
        Verdict verdict = platform.time.until(platform.authenticator(N1, both).judgeRegister(REGISTER, Platform.PHONE));
        assertThat(challenge(verdict).qop()).containsExactly("auth", "auth-int");
    }

    @Test
    void anAlgorithmThatIsNotOfferedProvesNothing() {
        DigestChallenge own = challenge(register(REGISTER));
        DigestChallenge other =
                new DigestChallenge(own.realm(), own.nonce(), DigestAlgorithm.SHA_256, own.qop(), false);
        String credentials = alice.answer(other, REGISTER).toString();
        assertThat(refusal(register(REGISTER.edit()
                                .add("Authorization", credentials)
                                .build()))
                        .status())
                .isEqualTo(401);
    }

    /** RFC 3261 section 22.3. */
    @Test
    void credentialsForAnotherRealmAreLeftAside() {
        SipMessage second = retry(alice, REGISTER, register(REGISTER));
        SipMessage both = second.edit()
                .prepend(
                        "Authorization",
                        "Digest username=\"a\", realm=\"elsewhere\", nonce=\"n\", uri=\"sip:x\","
                                + " response=\"00000000000000000000000000000000\"")
                .build();
        assertThat(admitted(register(both))).isEqualTo("alice@sipring.test");
    }
}
