package org.sipring.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.store.MemoryStore;

/** The domains in memory, held against those in the store. */
final class LiveDomainsTest {
    private static final List<DigestAlgorithm> MD5 = List.of(DigestAlgorithm.MD5);
    private static final List<DigestAlgorithm> SHA = List.of(DigestAlgorithm.SHA_256);

    private final Copied store = new Copied();
    private final DomainStore domains = new DomainStore(store);
    private final PinnedDomains pinned = new PinnedDomains(
            "sipring.test",
            MD5,
            List.of(new Domain("settings.test", SHA, true), new Domain("plain.test", List.of(), true)));

    /** A store that can be without a copy of its documents, and get one all at once. */
    private static final class Copied implements Store {
        private final MemoryStore below = new MemoryStore();
        private final List<Watcher> watchers = new ArrayList<>();
        private boolean silent;
        private boolean closed;

        private MemoryStore read() {
            if (closed) {
                throw new StoreNotOpenException("made by the test");
            }
            return below;
        }

        @Override
        public Optional<Document> get(String collection, String key) {
            return read().get(collection, key);
        }

        @Override
        public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
            CompletionStage<Optional<Long>> written = below.put(collection, key, value, expected);
            tell(key);
            return written;
        }

        @Override
        public CompletionStage<Boolean> delete(String collection, String key, long expected) {
            CompletionStage<Boolean> removed = below.delete(collection, key, expected);
            tell(key);
            return removed;
        }

        private void tell(String key) {
            watchers.stream().filter(watcher -> !silent).forEach(watcher -> watcher.changed(key));
        }

        @Override
        public List<Document> list(String collection, String prefix) {
            return read().list(collection, prefix);
        }

        @Override
        public CompletionStage<Void> catchUp() {
            return below.catchUp();
        }

        @Override
        public void watch(String collection, Watcher watcher) {
            assertThat(collection).isEqualTo("domains");
            watchers.add(watcher);
        }
    }

    private long put(Domain domain, long expected) {
        return domains.put(domain, expected).toCompletableFuture().join().orElseThrow();
    }

    private static HostedDomain stored(String name, List<DigestAlgorithm> algorithms, boolean enabled) {
        return new HostedDomain(name, algorithms, enabled, HostedDomain.Source.STORE);
    }

    @Test
    void whatWasThereIsThereAndWhatComesAndGoesIsHeardOf() {
        put(new Domain("old.test", SHA, true), 0);
        LiveDomains live = LiveDomains.open(pinned, domains);
        assertThat(live.named("old.test")).contains(stored("old.test", SHA, true));
        assertThat(live.named("new.test")).isEmpty();

        long first = put(new Domain("new.test", List.of(), true), 0);
        assertThat(live.named("new.test")).contains(stored("new.test", MD5, true));
        long second = put(new Domain("new.test", SHA, false), first);
        assertThat(live.named("new.test")).contains(stored("new.test", SHA, false));
        domains.remove("new.test", second).toCompletableFuture().join();
        assertThat(live.named("new.test")).isEmpty();
        assertThat(live.named("old.test")).isPresent();
    }

    @Test
    void whoWasCutOffReadsAllAnew() {
        long revision = put(new Domain("old.test", SHA, true), 0);
        LiveDomains live = LiveDomains.open(pinned, domains);
        store.silent = true;
        domains.remove("old.test", revision).toCompletableFuture().join();
        put(new Domain("new.test", SHA, true), 0);
        store.watchers.forEach(Store.Watcher::allChanged);
        assertThat(live.named("old.test")).isEmpty();
        assertThat(live.named("new.test")).isPresent();
        assertThat(live.named("settings.test")).isPresent();
    }

    @Test
    void withoutACopyAllStaysAsItWas() {
        put(new Domain("old.test", SHA, true), 0);
        LiveDomains live = LiveDomains.open(pinned, domains);
        store.closed = true;
        store.watchers.forEach(watcher -> watcher.changed("old.test"));
        store.watchers.forEach(Store.Watcher::allChanged);
        assertThat(live.named("old.test")).isPresent();
    }

    @Test
    void whatSettingsSayAndThePlatformsOwnDomainAreNotChangedByTheStore() {
        put(new Domain("settings.test", MD5, false), 0);
        put(new Domain("sipring.test", SHA, false), 0);
        LiveDomains live = LiveDomains.open(pinned, domains);
        StoredDomains stored = new StoredDomains(pinned, domains);
        long later = domains.stored("settings.test").orElseThrow().revision();
        domains.remove("settings.test", later).toCompletableFuture().join();
        for (HostedDomains all : List.of(pinned, live, stored)) {
            assertThat(all.named("settings.test"))
                    .contains(new HostedDomain("settings.test", SHA, true, HostedDomain.Source.SETTINGS));
            assertThat(all.named("plain.test").orElseThrow().algorithms()).isEqualTo(MD5);
            assertThat(all.named("sipring.test")).contains(all.own());
            assertThat(all.own()).isEqualTo(new HostedDomain("sipring.test", MD5, true, HostedDomain.Source.PLATFORM));
        }
    }

    @Test
    void aDocumentOfANewerReleaseHarmsNoOtherDomain() {
        long revision = put(new Domain("old.test", SHA, true), 0);
        LiveDomains live = LiveDomains.open(pinned, domains);
        store.put("domains", "old.test", "{\"version\":2}".getBytes(StandardCharsets.UTF_8), revision);
        put(new Domain("new.test", SHA, true), 0);
        store.watchers.forEach(Store.Watcher::allChanged);
        assertThat(live.named("old.test")).as("as it was").contains(stored("old.test", SHA, true));
        assertThat(live.named("new.test")).isPresent();
        assertThat(LiveDomains.open(pinned, domains).named("new.test")).isPresent();
    }

    @Test
    void usersAreServedWhereTheirDomainIs() {
        put(new Domain("off.test", SHA, false), 0);
        LiveDomains live = LiveDomains.open(pinned, domains);
        Account alice = Account.of("alice@sipring.test", Map.of());
        assertThat(live.served(alice)).isSameAs(alice);
        assertThat(live.served(alice.withEnabled(false)).enabled()).isFalse();
        assertThat(live.served(Account.of("alice@off.test", Map.of())).enabled())
                .isFalse();
        assertThat(live.served(Account.of("alice@gone.test", Map.of())).enabled())
                .isFalse();
    }

    @Test
    void wherePhonesProveNothingEveryAlgorithmIsKeptOfAPassword() {
        assertThat(new PinnedDomains("sipring.test", List.of(), List.of()).own().algorithms())
                .containsExactly(DigestAlgorithm.SHA_512_256, DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    }
}
