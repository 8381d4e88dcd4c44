package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * RFC 3261 section 26 and RFC 7616 section 5: nobody learns from an answer, or from how long it takes, who is a user. What
 * takes long is counted, since time is not to be measured in a test.
 */
final class Rfc3261Section26SameWorkTest {
    private static final SipMessage MESSAGE = Caller.message("sip:alice@sipring.test");

    private final Caller caller = new Caller(Caller.ALL);

    private SipMessage guess(String user, DigestAlgorithm algorithm) {
        return Caller.with(MESSAGE, caller.client(user, "guess").answer(caller.challenge(algorithm), MESSAGE));
    }

    /** Bob and Carol have no HA1 but MD5, Carol is disabled, and the number is an alias. */
    @ParameterizedTest
    @EnumSource
    void unknownUsersAndWrongPasswordsTakeTheSameHashes(DigestAlgorithm algorithm) {
        SipMessage known = guess("alice", algorithm);
        try (Hashes hashes = new Hashes()) {
            int work = hashes.of(() -> caller.judge(known));
            assertThat(work).isGreaterThan(1);
            for (String user : new String[] {"nobody", "carol", "bob", "+4930123"}) {
                SipMessage other = guess(user, algorithm);
                assertThat(hashes.of(() -> caller.judge(other))).as(user).isEqualTo(work);
            }
        }
    }

    @Test
    void andGetTheSameAnswer() {
        SipMessage wrong = caller.refusal(guess("alice", DigestAlgorithm.MD5));
        for (String user : new String[] {"nobody", "carol"}) {
            SipMessage other = caller.refusal(guess(user, DigestAlgorithm.MD5));
            assertThat(shape(other)).isEqualTo(shape(wrong));
        }
    }

    // All but what is random in it.
    private static String shape(SipMessage response) {
        return response.toString().replaceAll("nonce=\"[^\"]*\"", "nonce").replaceAll("tag=[0-9a-f]+", "tag");
    }
}
