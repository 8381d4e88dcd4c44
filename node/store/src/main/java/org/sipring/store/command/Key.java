package org.sipring.store.command;

import java.util.Comparator;
import org.sipring.api.KeyOrder;

/**
 * Which document. In the order of collections, and within one of keys.
 *
 * @param collection its collection
 * @param name its key there
 */
public record Key(String collection, String name) implements Comparable<Key> {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::collection, KeyOrder.BY_CODE_POINTS)
            .thenComparing(Key::name, KeyOrder.BY_CODE_POINTS);

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}
