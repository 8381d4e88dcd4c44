package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;

/** RFC 8760 section 2: several algorithms, each offered and verified alone. */
final class Rfc8760Section2AuthenticatorTest {
    private static final SipMessage MESSAGE = Caller.message("sip:alice@sipring.test");

    private final Caller caller = new Caller(Caller.ALL);
    private final DigestClient alice = caller.client("alice", "secret");

    @Test
    void section23EachAlgorithmHasAChallengeOfItsOwnTheStrongestFirst() {
        assertThat(Caller.challenges(caller.refusal(MESSAGE)))
                .extracting(DigestChallenge::algorithm)
                .containsExactly(DigestAlgorithm.SHA_512_256, DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    }

    @ParameterizedTest
    @EnumSource
    void section24EachProvesWhoItIs(DigestAlgorithm algorithm) {
        Object credentials = alice.answer(caller.challenge(algorithm), MESSAGE);
        assertThat(caller.judge(Caller.with(MESSAGE, credentials))).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void section24TheHashOfOneProvesNothingByAnother() {
        DigestChallenge strong = caller.challenge(DigestAlgorithm.SHA_512_256);
        String credentials = alice.answer(strong, MESSAGE).toString().replace("SHA-512-256", "SHA-256");
        assertThat(caller.refusal(Caller.with(MESSAGE, credentials)).status()).isEqualTo(407);
    }

    @Test
    void section24AnyOfSeveralCredentialsIsEnough() {
        Object wrong = caller.client("alice", "guess").answer(caller.challenge(DigestAlgorithm.SHA_256), MESSAGE);
        Object right = alice.answer(caller.challenge(DigestAlgorithm.MD5), MESSAGE);
        assertThat(caller.judge(Caller.with(MESSAGE, wrong, right))).isInstanceOf(Verdict.Admitted.class);
        assertThat(caller.refusal(Caller.with(MESSAGE, wrong, wrong)).status()).isEqualTo(407);
    }

    /** No more proofs are worked on than were asked for. */
    @Test
    void section24CredentialsWithoutEndAreNotWorkedOn() {
        Object wrong = caller.client("alice", "guess").answer(caller.challenge(DigestAlgorithm.MD5), MESSAGE);
        Object right = alice.answer(caller.challenge(DigestAlgorithm.MD5), MESSAGE);
        assertThat(caller.refusal(Caller.with(MESSAGE, wrong, wrong, wrong, right))
                        .status())
                .isEqualTo(407);
    }
}
