package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.store.MemoryStore;

/** Accounts, in the file and in the store. */
class AccountsTest {
    private static final String MD5 = "0123456789abcdef0123456789ABCDEF";
    private static final Account ALICE =
            Account.of("alice@sipring.test", "secret", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256));

    @Test
    void readsOneAccountALine() {
        AccountsFile.Reading reading = AccountsFile.read(
                List.of(
                        "# accounts",
                        "",
                        "alice@sipring.test MD5 " + MD5,
                        "  bob@sipring.test  SHA-256  " + MD5 + MD5 + " MD5 " + MD5 + "\tdisabled"),
                "sipring.test");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.accounts()).hasSize(2);
        assertThat(reading.accounts().get(0).ha1())
                .isEqualTo(Map.of(DigestAlgorithm.MD5, MD5.toLowerCase(Locale.ROOT)));
        assertThat(reading.accounts().get(1).enabled()).isFalse();
    }

    @Test
    void reportsEveryBadLineWithItsNumber() {
        AccountsFile.Reading reading = AccountsFile.read(
                List.of(
                        "alice@sipring.test MD5 " + MD5,
                        "alice MD5 " + MD5,
                        "carol@sipring.test MD4 " + MD5,
                        "carol@sipring.test MD5 123",
                        "carol@sipring.test",
                        "carol@sipring.test MD5 " + MD5 + " SHA-256",
                        "carol@SIPRING.test MD5 " + MD5,
                        "carol@other.test MD5 " + MD5,
                        "alice@sipring.test MD5 " + MD5,
                        "carol@sipring.test MD5 " + MD5 + " MD5 " + MD5,
                        "carol@sipring.test disabled"),
                "sipring.test");
        assertThat(reading.accounts()).hasSize(1);
        assertThat(reading.problems()).hasSize(10);
        assertThat(reading.problems().get(0)).startsWith("line 2: ");
        assertThat(reading.problems().get(6)).contains("line 8", "sipring.test");
        assertThat(reading.problems().get(7)).contains("line 9", "line 1");
    }

    @Test
    void writesWhatItReads() {
        String line = AccountsFile.line(ALICE);
        assertThat(line).startsWith("alice@sipring.test MD5 ").contains(" SHA-256 ");
        assertThat(AccountsFile.read(List.of(line), "sipring.test").accounts()).containsExactly(ALICE);
    }

    @Test
    void keepsAccountsInTheStore() {
        Accounts accounts = new Accounts(new MemoryStore());
        accounts.put(List.of(ALICE)).toCompletableFuture().join();
        accounts.put(List.of(new Account(ALICE.aor(), ALICE.ha1(), false)))
                .toCompletableFuture()
                .join();
        assertThat(accounts.find(ALICE.aor()).orElseThrow().enabled()).isFalse();
        assertThat(accounts.exists(ALICE.aor())).isTrue();
        assertThat(accounts.find("bob@sipring.test")).isEmpty();
    }
}
