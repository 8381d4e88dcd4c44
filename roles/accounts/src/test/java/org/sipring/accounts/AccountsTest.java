package org.sipring.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
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
                Set.of("sipring.test"));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.accounts()).hasSize(2);
        assertThat(reading.accounts().get(0).ha1())
                .isEqualTo(Map.of(DigestAlgorithm.MD5, MD5.toLowerCase(Locale.ROOT)));
        assertThat(reading.accounts().get(1).enabled()).isFalse();
    }

    @Test
    void aDomainsAccountsAreReadPageByPage() {
        Accounts accounts = new Accounts(new MemoryStore());
        Account bob = Account.of("bob@sipring.test", "secret", List.of(DigestAlgorithm.MD5));
        Account other = Account.of("carol@other.test", "secret", List.of(DigestAlgorithm.MD5));
        accounts.put(List.of(bob, ALICE, other)).toCompletableFuture().join();
        assertThat(accounts.page("sipring.test", "", 1))
                .extracting(Accounts.Stored::account)
                .containsExactly(ALICE);
        assertThat(accounts.page("sipring.test", "alice", 9))
                .extracting(Accounts.Stored::account)
                .containsExactly(bob);
        assertThat(accounts.page("sipring.test", "bob", 9)).isEmpty();
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
                Set.of("sipring.test"));
        assertThat(reading.accounts()).hasSize(1);
        assertThat(reading.problems()).hasSize(10);
        assertThat(reading.problems().get(0)).startsWith("line 2: ");
        assertThat(reading.problems().get(6)).contains("line 8", "sipring.test");
        assertThat(reading.problems().get(7)).contains("line 9", "line 1");
    }

    @Test
    void noMessageShowsWhatMayBeASecret() {
        String hush = "hush" + "939e7578".repeat(3);
        AccountsFile.Reading reading = AccountsFile.read(
                List.of(
                        "alice@sipring.test MD5 " + hush,
                        "alice@sipring.test " + hush + " MD5",
                        "alice@sipring.test md5 " + MD5 + " " + hush + " SHA-256",
                        "alice@sipring.test MD5 " + MD5 + " MD5 " + MD5,
                        "alice@sipring.test MD5 " + MD5 + " alias " + hush,
                        hush + " MD5 " + MD5,
                        "alice@sipring.test " + hush),
                Set.of("sipring.test"));
        assertThat(reading.accounts()).isEmpty();
        assertThat(reading.problems())
                .allSatisfy(problem -> assertThat(problem)
                        .doesNotContainIgnoringCase(hush)
                        .doesNotContainIgnoringCase(MD5)
                        .containsAnyOf("write", "leave"))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("line 1: word 3 is no MD5"),
                        problem -> assertThat(problem)
                                .startsWith("line 2: word 2 ")
                                .contains("SHA-512-256"),
                        problem -> assertThat(problem).startsWith("line 3: word 4 "),
                        problem -> assertThat(problem).startsWith("line 4: word 4 is MD5 once more"),
                        problem -> assertThat(problem).startsWith("line 5: word 5 is no address"),
                        problem -> assertThat(problem).startsWith("line 6: word 1 is no address"),
                        problem -> assertThat(problem).startsWith("line 7: write ADDRESS"));
        assertThat(ALICE.toString())
                .contains("alice@sipring.test", "SHA_256")
                .doesNotContain(ALICE.ha1().values());
    }

    @Test
    void anAddressHasItsLength() {
        String longest = "l".repeat(Account.LONGEST_ADDRESS - "@sipring.test".length());
        AccountsFile.Reading reading = AccountsFile.read(
                List.of(
                        longest + "@sipring.test MD5 " + MD5,
                        longest + "l@sipring.test MD5 " + MD5,
                        "bob@sipring.test MD5 " + MD5 + " alias " + longest + "l@sipring.test"),
                Set.of("sipring.test"));
        assertThat(reading.accounts()).hasSize(1);
        assertThat(reading.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("line 2: word 1 is too long", "512"),
                        problem -> assertThat(problem).contains("line 3: word 5 is too long", "512"));
    }

    @Test
    void aUserMayHaveMoreAddresses() {
        List<String> lines = List.of(
                "alice@sipring.test MD5 " + MD5 + " alias +4930123@sipring.test alias boss@sipring.test disabled",
                "boss@sipring.test MD5 " + MD5,
                "bob@sipring.test MD5 " + MD5 + " alias +4930123@sipring.test",
                "carol@sipring.test MD5 " + MD5 + " alias 12@other.test",
                "carol@sipring.test MD5 " + MD5 + " alias",
                "carol@sipring.test alias 12@sipring.test");
        AccountsFile.Reading reading = AccountsFile.read(lines, Set.of("sipring.test"));
        assertThat(reading.accounts()).hasSize(1);
        Account alice = reading.accounts().get(0);
        assertThat(alice.aliases()).containsExactly("+4930123@sipring.test", "boss@sipring.test");
        assertThat(alice.enabled()).isFalse();
        assertThat(AccountsFile.line(alice)).isEqualTo(lines.get(0).replace(MD5, MD5.toLowerCase(Locale.ROOT)));
        assertThat(reading.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("line 2", "boss@sipring.test", "line 1"),
                        problem -> assertThat(problem).contains("line 3", "+4930123@sipring.test", "line 1"),
                        problem -> assertThat(problem).contains("line 4", "12@other.test", "sipring.test"),
                        problem -> assertThat(problem).contains("line 5", "ALGORITHM"),
                        problem -> assertThat(problem).contains("line 6", "ALGORITHM"));
    }

    @Test
    void theStoreKnowsWhoseAnAliasIs() {
        Accounts accounts = new Accounts(new MemoryStore());
        put(accounts, ALICE, "1@sipring.test", "2@sipring.test");
        assertThat(accounts.owner("1@sipring.test")).contains(ALICE.aor());
        put(accounts, ALICE, "2@sipring.test", "3@sipring.test");
        assertThat(accounts.owner("1@sipring.test")).isEmpty();
        assertThat(accounts.owner("2@sipring.test")).contains(ALICE.aor());
        Account bob = Account.of("bob@sipring.test", "x", List.of(DigestAlgorithm.MD5));
        assertThatThrownBy(() -> put(accounts, bob, "3@sipring.test")).hasMessageContaining(ALICE.aor());
        assertThat(accounts.owner("3@sipring.test")).contains(ALICE.aor());
    }

    private static void put(Accounts accounts, Account account, String... aliases) {
        Account known = account.withAliases(List.of(aliases));
        accounts.put(List.of(known)).toCompletableFuture().join();
    }

    @Test
    void writesWhatItReads() {
        String line = AccountsFile.line(ALICE);
        assertThat(line).startsWith("alice@sipring.test MD5 ").contains(" SHA-256 ");
        assertThat(AccountsFile.read(List.of(line), Set.of("sipring.test")).accounts())
                .containsExactly(ALICE);
    }

    @Test
    void keepsAccountsInTheStore() {
        Accounts accounts = new Accounts(new MemoryStore());
        accounts.put(List.of(ALICE)).toCompletableFuture().join();
        accounts.put(List.of(ALICE.withEnabled(false))).toCompletableFuture().join();
        assertThat(accounts.find(ALICE.aor()).orElseThrow().enabled()).isFalse();
        assertThat(accounts.owner(ALICE.aor())).contains(ALICE.aor());
        assertThat(accounts.find("bob@sipring.test")).isEmpty();
    }

    @Test
    void anAliasThatItsAccountDoesNotKnowOfIsNobodys() {
        MemoryStore store = new MemoryStore();
        Accounts accounts = new Accounts(store);
        put(accounts, ALICE);
        store.put("aliases", "sipring.test/1", ALICE.aor().getBytes(StandardCharsets.UTF_8), 0)
                .toCompletableFuture()
                .join();

        assertThat(accounts.owner("1@sipring.test")).isEmpty();
        Account bob = Account.of("bob@sipring.test", "x", List.of(DigestAlgorithm.MD5));
        put(accounts, bob, "1@sipring.test");
        assertThat(accounts.owner("1@sipring.test")).contains(bob.aor());
    }

    @Test
    void nobodyBecomesWhoAnotherIsAlready() {
        Accounts accounts = new Accounts(new MemoryStore());
        put(accounts, ALICE, "boss@sipring.test");

        assertThat(accounts.put(Account.of("boss@sipring.test", "x", List.of(DigestAlgorithm.MD5)), 0))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(AddressTakenException.class);
    }

    @Test
    void aChangeNeedsTheRevisionThatItIsMadeOf() {
        Accounts accounts = new Accounts(new MemoryStore());
        long first = join(accounts.put(ALICE.withAliases(List.of("1@sipring.test")), 0))
                .orElseThrow();
        assertThat(join(accounts.put(ALICE, 0))).isEmpty();
        assertThat(accounts.owner("1@sipring.test")).contains(ALICE.aor());
        long second = join(accounts.put(ALICE.withName("Alice"), first)).orElseThrow();
        assertThat(accounts.stored(ALICE.aor())).contains(new Accounts.Stored(ALICE.withName("Alice"), second));
        assertThat(join(accounts.remove(ALICE.aor(), first))).isFalse();
        assertThat(join(accounts.remove(ALICE.aor(), second))).isTrue();
        assertThat(accounts.find(ALICE.aor())).isEmpty();
    }

    @Test
    void whoIsRemovedLeavesItsAddresses() {
        Accounts accounts = new Accounts(new MemoryStore());
        long revision = join(accounts.put(ALICE.withAliases(List.of("1@sipring.test")), 0))
                .orElseThrow();
        join(accounts.remove(ALICE.aor(), revision));
        put(accounts, Account.of("bob@sipring.test", "x", List.of(DigestAlgorithm.MD5)), "1@sipring.test");

        assertThat(accounts.owner("1@sipring.test")).contains("bob@sipring.test");
    }

    @Test
    void theAccountsOfADomainStandTogether() {
        Accounts accounts = new Accounts(new MemoryStore());
        for (String aor : List.of("bob@a.test", "zoe@b.test", "alice@a.test", "x@a.test.example")) {
            put(accounts, Account.of(aor, "x", List.of(DigestAlgorithm.MD5)));
        }

        assertThat(accounts.of("a.test"))
                .extracting(stored -> stored.account().aor())
                .containsExactly("alice@a.test", "bob@a.test");
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void aUserOfOneDomainIsNoneOfAnother() {
        AccountsFile.Reading reading = AccountsFile.read(
                List.of(
                        "alice@a.test MD5 " + MD5 + " alias boss@a.test",
                        "alice@b.test MD5 " + MD5 + " alias boss@a.test",
                        "bob@b.test MD5 " + MD5 + " alias bob@a.test",
                        "carol@c.test MD5 " + MD5),
                Set.of("a.test", "b.test"));
        assertThat(reading.accounts()).extracting(Account::aor).containsExactly("alice@a.test");
        assertThat(reading.problems())
                .containsExactly(
                        "line 2: boss@a.test: only addresses of b.test belong here",
                        "line 3: bob@a.test: only addresses of b.test belong here",
                        "line 4: carol@c.test: only addresses of a.test, b.test belong here");
    }

    @Test
    void whoseAnAddressIsIsToldAsItWasWrittenLast() {
        Accounts accounts = new Accounts(new MemoryStore());
        String alias = "+4930123@sipring.test";
        accounts.put(ALICE.withAliases(List.of(alias)), 0).toCompletableFuture().join();
        Account known = accounts.whose(ALICE.aor()).orElseThrow();
        assertThat(known.rules()).isEqualTo(CallRules.NONE);
        assertThat(accounts.whose(alias)).as("nothing is read twice").hasValueSatisfying(account -> assertThat(account)
                .isSameAs(known));

        CallRules rules = new CallRules(CallForwarding.NONE, true, List.of());
        long revision = accounts.stored(ALICE.aor()).orElseThrow().revision();
        accounts.put(known.withRules(rules), revision).toCompletableFuture().join();
        assertThat(accounts.whose(alias).orElseThrow().rules()).isEqualTo(rules);

        accounts.remove(ALICE.aor(), revision + 1).toCompletableFuture().join();
        assertThat(accounts.whose(ALICE.aor())).isEmpty();
        assertThat(accounts.whose(alias)).isEmpty();
    }
}
