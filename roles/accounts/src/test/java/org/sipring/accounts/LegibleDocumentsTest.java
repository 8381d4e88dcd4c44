package org.sipring.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.store.MemoryStore;

/** Documents that cannot be read, among others that can. */
final class LegibleDocumentsTest {
    private final MemoryStore store = new MemoryStore();
    private final Accounts accounts = new Accounts(store);
    private final DomainStore domains = new DomainStore(store);

    private void put(String collection, String key, String value) {
        store.put(collection, key, value.getBytes(StandardCharsets.UTF_8), 0)
                .toCompletableFuture()
                .join();
    }

    private void fill() {
        for (String user : List.of("alice", "bob", "carol")) {
            Account account = Account.of(user + "@a.test", "secret", List.of(DigestAlgorithm.MD5));
            accounts.put(account, 0).toCompletableFuture().join();
        }
        put("accounts", "a.test/alicf", "hush");
        put("accounts", "a.test/alicg", "{\"version\":1}");
        put("accounts", "a.test/bobby", "{\"version\":1,\"aor\":\"bob@a.test\"}");
        put("accounts", "a.test/", "{\"version\":1,\"aor\":\"@a.test\"}");
        put("accounts", "a.test/zoe", "{\"version\":2}");
    }

    private List<String> page(String after, int most) {
        return accounts.page("a.test", after, most).stream()
                .map(stored -> stored.account().aor())
                .toList();
    }

    @Test
    void aPageOfAccountsIsFullWithoutThem() {
        fill();
        assertThat(page("", 2)).containsExactly("alice@a.test", "bob@a.test");
        assertThat(page("alice", 1)).containsExactly("bob@a.test");
        assertThat(page("bob", 9)).containsExactly("carol@a.test");
        assertThat(page("carol", 1)).isEmpty();
        assertThat(accounts.of("a.test")).hasSize(3);
    }

    @Test
    void aDomainOfWhichNoAccountCanBeReadHasSome() {
        put("accounts", "a.test/alice", "");
        assertThat(accounts.areOf("a.test")).isTrue();
        assertThat(accounts.areOf("b.test")).isFalse();
    }

    @Test
    void aPageOfDomainsIsFullWithoutThem() {
        for (String name : List.of("a.test", "d.test")) {
            domains.put(new Domain(name, List.of(), true), 0)
                    .toCompletableFuture()
                    .join();
        }
        put("domains", "b.test", "[");
        put("domains", "c.test", "{\"version\":1,\"name\":\"a.test\"}");
        assertThat(domains.page("", 2))
                .extracting(stored -> stored.domain().name())
                .containsExactly("a.test", "d.test");
        assertThatThrownBy(() -> domains.stored("c.test")).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void whoAsksForOneHearsWhichAndNothingOfWhatIsInIt() {
        fill();
        put("accounts", "a.test/\n" + "x".repeat(1000), "hush");
        for (String aor : List.of("alicf@a.test", "\n" + "x".repeat(1000) + "@a.test")) {
            assertThatThrownBy(() -> accounts.stored(aor))
                    .isInstanceOf(MalformedDocumentException.class)
                    .hasNoCause()
                    .hasMessageContaining("\"a.test/")
                    .hasMessageNotContainingAny("hush", "\n", "x".repeat(500));
            assertThatThrownBy(() -> accounts.whose(aor)).isInstanceOf(MalformedDocumentException.class);
        }
    }
}
