package org.sipring.store.command;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.sipring.api.KeyOrder;
import org.sipring.api.Store;

/**
 * Which document. In the order of collections, and within one of keys.
 *
 * @param collection its collection
 * @param name its key there
 */
public record Key(String collection, String name) implements Comparable<Key> {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::collection, KeyOrder.BY_CODE_POINTS)
            .thenComparing(Key::name, KeyOrder.BY_CODE_POINTS);

    /**
     * Checks that a document may have this key: that it stands for itself in every form in which keys are written.
     *
     * @throws IllegalArgumentException when it is too long, is no Unicode, or its collection has a NUL
     */
    public void check() {
        if (collection.length() > Store.LONGEST_KEY || name.length() > Store.LONGEST_KEY) {
            throw new IllegalArgumentException("a key of " + Math.max(collection.length(), name.length())
                    + " characters: use at most " + Store.LONGEST_KEY);
        }
        if (collection.indexOf('\0') >= 0 || !isUnicode(collection) || !isUnicode(name)) {
            throw new IllegalArgumentException(
                    "a key that is no Unicode text, or a collection with a NUL in it: choose another");
        }
    }

    // Half of a surrogate pair would be written as a question mark, and be another's key.
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}
