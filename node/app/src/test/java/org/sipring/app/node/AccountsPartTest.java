package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;
import org.sipring.sip.digest.DigestAlgorithm;

/** Accounts that cannot prove what phones are asked for. */
final class AccountsPartTest {
    private static final Account ALICE =
            Account.of("alice@sipring.test", "secret", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256));

    @Test
    void anOfferedAlgorithmThatAnAccountHasNoHashForIsTold() {
        assertThat(AccountsPart.unproved(ALICE, List.of("SHA-512-256", "SHA-256", "MD5")))
                .hasValueSatisfying(
                        warning -> assertThat(warning).startsWith("alice@sipring.test has no HA1 for SHA-512-256, "));
    }

    @Test
    void whatIsNotOfferedIsNotMissed() {
        assertThat(AccountsPart.unproved(ALICE, List.of("MD5"))).isEmpty();
    }
}
