package org.sipring.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sipring.sip.digest.DigestAlgorithm;

/** An account as a document. */
class AccountCodecTest {
    private static final Account PLAIN = Account.of("alice@sipring.test", "secret", List.of(DigestAlgorithm.MD5));
    private static final Account FULL = Account.of(
                    "bob@sipring.test", "secret", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_512_256))
            .withAliases(List.of("+49301@sipring.test"))
            .withName("Bob \"the\" Müller")
            .withContacts(OptionalInt.of(3))
            .withEnabled(false)
            .withRules(new CallRules(
                    new CallForwarding(
                            Optional.of("sip:a@sipring.test"),
                            Optional.of("tel:+49302"),
                            Optional.of("sip:c@sipring.test"),
                            Duration.ofSeconds(7),
                            Optional.of("sips:d@sipring.test")),
                    true,
                    List.of("*@spam.example", CallRules.ANONYMOUS)));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Accounts.CODEC.decode(Accounts.CODEC.encode(PLAIN))).isEqualTo(PLAIN);
        assertThat(Accounts.CODEC.decode(Accounts.CODEC.encode(FULL))).isEqualTo(FULL);
    }

    @Test
    void whatIsAsInANewAccountIsLeftOut() {
        assertThat(new String(Accounts.CODEC.encode(PLAIN), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":1,\"aor\":\"alice@sipring.test\",\"ha1\":{\"MD5\":\""
                        + PLAIN.ha1(DigestAlgorithm.MD5).orElseThrow() + "\"}}");
    }

    @Test
    void aDocumentOfANewerFormatIsRefused() {
        assertThatThrownBy(() -> Accounts.CODEC.decode("{\"version\":2}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("newer");
        assertThatThrownBy(() -> Accounts.CODEC.decode("alice".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoIsBlocked() {
        CallRules rules = FULL.rules();
        assertThat(rules.blocks("x@spam.example")).isTrue();
        assertThat(rules.blocks("x@not.spam.example")).isFalse();
        assertThat(rules.blocks(CallRules.ANONYMOUS)).isTrue();
        assertThat(rules.blocks("eve@sipring.test")).isFalse();
        assertThat(CallRules.NONE.blocks(CallRules.ANONYMOUS)).isFalse();
    }
}
