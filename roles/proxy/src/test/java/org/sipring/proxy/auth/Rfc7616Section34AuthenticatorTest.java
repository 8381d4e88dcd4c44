package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;

/** RFC 7616 section 3.4: what credentials may say, and what is made of it. */
final class Rfc7616Section34AuthenticatorTest {
    private static final SipMessage MESSAGE = Caller.message("sip:alice@sipring.test");

    private final Caller caller = new Caller(AuthSettings.usual("sipring.test"));
    private final DigestClient alice = caller.client("alice", "secret");

    private DigestChallenge challenge() {
        return caller.challenge(DigestAlgorithm.MD5);
    }

    @Test
    void section343AuthIntProtectsTheBody() {
        DigestChallenge offered = challenge();
        DigestChallenge wholly =
                new DigestChallenge(offered.realm(), offered.nonce(), offered.algorithm(), List.of("auth-int"), false);
        SipMessage proved = Caller.with(MESSAGE, alice.answer(wholly, MESSAGE));
        SipMessage changed =
                proved.edit().body("Hellx".getBytes(StandardCharsets.UTF_8)).build();
        assertThat(Caller.challenges(caller.refusal(changed)).get(0).stale()).isFalse();
        assertThat(caller.judge(proved)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void section34CountsOfANonceMayComeInAnyOrderButOnce() {
        DigestChallenge challenge = challenge();
        SipMessage first = Caller.with(MESSAGE, alice.answer(challenge, MESSAGE));
        SipMessage second = Caller.with(MESSAGE, alice.answer(challenge, MESSAGE));
        assertThat(caller.judge(second)).isInstanceOf(Verdict.Admitted.class);
        assertThat(caller.judge(first)).isInstanceOf(Verdict.Admitted.class);
        assertThat(Caller.challenges(caller.refusal(first)).get(0).stale()).isTrue();
    }

    /** Nobody is asked for a hashed name, and nobody is known by one. */
    @Test
    void section344AHashedUserNameIsAnUnknownUser() {
        DigestChallenge challenge = challenge();
        assertThat(challenge.toString()).doesNotContain("userhash");
        String hashed = "a5f1b3e2c4d5968778695a4b3c2d1e0f";
        String credentials = caller.client(hashed, "secret").answer(challenge, MESSAGE) + ", userhash=true";
        SipMessage refusal = caller.refusal(Caller.with(MESSAGE, credentials));
        assertThat(refusal.status()).isEqualTo(407);
        assertThat(Caller.challenges(refusal).get(0).stale()).isFalse();
    }

    @Test
    void section34CredentialsForAnotherRealmAreLeftAside() {
        DigestChallenge other = new DigestChallenge("elsewhere.test", "n", DigestAlgorithm.MD5, List.of("auth"), false);
        Object foreign = alice.answer(other, MESSAGE);
        assertThat(caller.refusal(Caller.with(MESSAGE, foreign)).status()).isEqualTo(407);
        Object own = alice.answer(challenge(), MESSAGE);
        assertThat(caller.judge(Caller.with(MESSAGE, foreign, own))).isInstanceOf(Verdict.Admitted.class);
    }
}
