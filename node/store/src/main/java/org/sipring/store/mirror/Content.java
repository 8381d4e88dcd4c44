package org.sipring.store.mirror;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipring.api.KeyOrder;
import org.sipring.api.Store;
import org.sipring.store.archive.Moment;
import org.sipring.store.command.Key;

/** Documents in memory. Read by any thread, changed by one. */
final class Content {
    private final NavigableMap<String, NavigableMap<String, Store.Document>> collections =
            new ConcurrentSkipListMap<>(KeyOrder.BY_CODE_POINTS);

    private NavigableMap<String, Store.Document> documents(String collection) {
        return collections.getOrDefault(collection, new ConcurrentSkipListMap<>(KeyOrder.BY_CODE_POINTS));
    }

    Optional<Store.Document> get(Key key) {
        return Optional.ofNullable(documents(key.collection()).get(key.name()));
    }

    List<Store.Document> list(String collection, String prefix) {
        return page(collection, prefix, "", Integer.MAX_VALUE);
    }

    List<Store.Document> page(String collection, String prefix, String after, int most) {
        boolean begun = KeyOrder.BY_CODE_POINTS.compare(after, prefix) >= 0 && !after.isEmpty();
        return documents(collection).tailMap(begun ? after : prefix, !begun).values().stream()
                .takeWhile(document -> document.key().startsWith(prefix))
                .limit(most)
                .toList();
    }

    List<Key> keys(Optional<Key> after, int most) {
        return collections.tailMap(after.map(Key::collection).orElse(""), true).entrySet().stream()
                .flatMap(each -> names(each.getKey(), each.getValue(), after))
                .limit(most)
                .toList();
    }

    private static Stream<Key> names(
            String collection, NavigableMap<String, Store.Document> documents, Optional<Key> after) {
        return after
                .filter(key -> key.collection().equals(collection))
                .map(key -> documents.tailMap(key.name(), false))
                .orElse(documents)
                .keySet()
                .stream()
                .map(name -> new Key(collection, name));
    }

    /** What is here now. By the thread that changes it. */
    Moment moment() {
        return new Moment(collections);
    }

    /** Takes up what has become of a document; false when it is as it was. */
    boolean take(Change change) {
        Key key = change.key();
        Optional<Store.Document> former = get(key);
        boolean same = former.isPresent() == change.document().isPresent()
                && former.map(Store.Document::revision).equals(change.document().map(Store.Document::revision));
        if (same) {
            return false;
        }
        change.document()
                .ifPresentOrElse(
                        document -> collections
                                .computeIfAbsent(
                                        key.collection(), name -> new ConcurrentSkipListMap<>(KeyOrder.BY_CODE_POINTS))
                                .put(key.name(), document),
                        () -> documents(key.collection()).remove(key.name()));
        return true;
    }

    /** Whether it is the same, document by document. */
    boolean isAs(Content other) {
        return size() == other.size()
                && collections.entrySet().stream()
                        .allMatch(
                                each -> other.has(each.getKey(), each.getValue().values()));
    }

    private int size() {
        return collections.values().stream().mapToInt(Map::size).sum();
    }

    private boolean has(String collection, Collection<Store.Document> documents) {
        Map<String, Store.Document> own = documents(collection);
        return documents.stream().allMatch(document -> same(own.get(document.key()), document));
    }

    private static boolean same(Store.@Nullable Document one, Store.Document other) {
        return one != null && one.revision() == other.revision() && Arrays.equals(one.value(), other.value());
    }
}
