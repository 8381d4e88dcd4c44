package org.sipring.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sipring.api.Store;

/** What a {@link Store} does. */
public abstract class StoreContract {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();

    /**
     * The store under test.
     *
     * @return the same store within one test, empty at its beginning
     */
    protected abstract Store store();

    @Test
    final void whatWasPutIsThere() {
        long revision = put("alice", "one", 0).orElseThrow();

        Store.Document document = store().get("accounts", "alice").orElseThrow();
        assertThat(document.key()).isEqualTo("alice");
        assertThat(document.revision()).isEqualTo(revision);
        assertThat(document.value()).isEqualTo(bytes("one"));
    }

    @Test
    final void whatWasNeverPutIsNotThere() {
        assertThat(store().get("accounts", "alice")).isEmpty();
        assertThat(store().list("accounts", "")).isEmpty();
    }

    @Test
    final void collectionsAreSeparate() {
        put("alice", "one", 0);

        assertThat(store().get("policies", "alice")).isEmpty();
    }

    @Test
    final void whatWouldBeAnotherKeyOnADiskIsRefused() {
        List<String> keys = List.of("half of a pair \ud800", "long".repeat(5_000));

        assertThat(keys).allSatisfy(key -> assertThatThrownBy(() -> store().put("accounts", key, new byte[1], 0))
                .isInstanceOf(IllegalArgumentException.class));
        assertThatThrownBy(() -> store().put("accounts\0alice", "x", new byte[1], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store().list("accounts", "")).isEmpty();
    }

    @Test
    final void aNewDocumentIsRefusedWhereThereIsOne() {
        put("alice", "one", 0);

        assertThat(put("alice", "two", 0)).isEmpty();
        assertThat(value("alice")).isEqualTo("one");
    }

    @Test
    final void aChangeNeedsTheCurrentRevision() {
        long first = put("alice", "one", 0).orElseThrow();
        long second = put("alice", "two", first).orElseThrow();

        assertThat(second).isGreaterThan(first);
        assertThat(put("alice", "three", first)).isEmpty();
        assertThat(value("alice")).isEqualTo("two");
    }

    @Test
    final void aRemovalNeedsTheCurrentRevision() {
        long first = put("alice", "one", 0).orElseThrow();
        long second = put("alice", "two", first).orElseThrow();

        assertThat(delete("alice", first)).isFalse();
        assertThat(delete("alice", second)).isTrue();
        assertThat(delete("alice", second)).isFalse();
        assertThat(store().get("accounts", "alice")).isEmpty();
    }

    @Test
    final void aDocumentMadeAnewDoesNotRepeatARevision() {
        long first = put("alice", "one", 0).orElseThrow();
        delete("alice", first);
        long again = put("alice", "one", 0).orElseThrow();

        assertThat(again).isGreaterThan(first);
    }

    @Test
    final void aListIsSortedAndOnlyOfThePrefix() {
        List.of("bob/2", "alice/1", "bob/1", "carol/1").forEach(key -> put(key, key, 0));

        assertThat(store().list("accounts", "bob/"))
                .extracting(Store.Document::key)
                .containsExactly("bob/1", "bob/2");
        assertThat(store().list("accounts", "")).hasSize(4);
    }

    @Test
    final void theOrderOfKeysIsThatOfCodePoints() {
        List<String> keys = List.of("a", "z", "\u00e4", "\ufb01", "\ud83d\ude00");
        keys.forEach(key -> put(key, "one", 0));

        assertThat(store().list("accounts", "")).extracting(Store.Document::key).isEqualTo(keys);
        assertThat(store().page("accounts", "", "\ufb01", 2))
                .extracting(Store.Document::key)
                .containsExactly("\ud83d\ude00");
    }

    // As characters of Java, the two halves of a pair stand before what they are behind as one.
    @Test
    final void soIsThatOfPages() {
        put("\uffee1", "x", 0);

        assertThat(store().page("accounts", "\uffee", "\ud83d\ude00", 10)).isEmpty();
        assertThat(store().page("accounts", "\uffee", "", 10)).hasSize(1);
    }

    @Test
    final void whoHasCaughtUpReadsWhatWasPut() {
        put("alice", "one", 0);
        String read = await(store().catchUp().thenApply(done -> value("alice")));

        assertThat(read).isEqualTo("one");
    }

    @Test
    final void anEmptyStoreHasNothingToCatchUpWith() {
        await(store().catchUp());

        assertThat(store().list("accounts", "")).isEmpty();
    }

    @Test
    final void aPageBeginsAfterAKeyAndIsNoLongerThanAskedFor() {
        List.of("bob/2", "alice/1", "bob/1", "bob/3", "carol/1").forEach(key -> put(key, key, 0));

        assertThat(keysOfPage("bob/", "", 2)).containsExactly("bob/1", "bob/2");
        assertThat(keysOfPage("bob/", "bob/2", 2)).containsExactly("bob/3");
        assertThat(keysOfPage("bob/", "bob/1a", 9)).containsExactly("bob/2", "bob/3");
        assertThat(keysOfPage("bob/", "carol/1", 9)).isEmpty();
        assertThat(keysOfPage("", "alice/1", 1)).containsExactly("bob/1");
    }

    private List<String> keysOfPage(String prefix, String after, int most) {
        return store().page("accounts", prefix, after, most).stream()
                .map(Store.Document::key)
                .toList();
    }

    @Test
    final void whatTheCallerDoesToItsBytesLaterDoesNotMatter() {
        byte[] mine = bytes("one");
        await(store().put("accounts", "alice", mine, 0));
        mine[0] = 'X';

        assertThat(value("alice")).isEqualTo("one");
    }

    @Test
    final void watchersHearOfEveryChangeInTheirCollection() {
        store().watch("accounts", new Heard());
        long revision = put("alice", "one", 0).orElseThrow();
        put("alice", "refused", 0);
        delete("alice", revision);
        await(store().put("policies", "alice", bytes("one"), 0));

        assertThat(heard).containsExactly("alice", "alice");
    }

    private final class Heard implements Store.Watcher {
        @Override
        public void changed(String key) {
            heard.add(key);
        }

        @Override
        public void allChanged() {
            heard.add("all");
        }
    }

    private Optional<Long> put(String key, String value, long expected) {
        return await(store().put("accounts", key, bytes(value), expected));
    }

    private boolean delete(String key, long expected) {
        return await(store().delete("accounts", key, expected));
    }

    private String value(String key) {
        return new String(store().get("accounts", key).orElseThrow().value(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
