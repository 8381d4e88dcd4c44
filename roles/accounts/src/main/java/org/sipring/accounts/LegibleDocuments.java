package org.sipring.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sipring.api.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the documents of a collection say. One that cannot be read, which an archive may have brought, is left out of lists, and
 * the log says so once. Callable from any thread.
 *
 * @param <T> what a document says
 */
public final class LegibleDocuments<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LegibleDocuments.class);
    private static final int MOST_TOLD = 1000;

    private final Store store;
    private final String collection;
    private final Function<Store.Document, T> decoder;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * The documents of a collection.
     *
     * @param store where they are
     * @param collection the collection
     * @param decoder reads a document; whatever it throws says that the document cannot be read
     */
    public LegibleDocuments(Store store, String collection, Function<Store.Document, T> decoder) {
        this.store = store;
        this.collection = collection;
        this.decoder = decoder;
    }

    // Without the cause: parsers quote what they read, and there may be a secret in it.
    private Optional<T> decoded(Store.Document document) {
        try {
            return Optional.of(decoder.apply(document));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private MalformedDocumentException malformed(Store.Document document) {
        return new MalformedDocumentException(collection, document.key());
    }

    private Optional<T> legible(Store.Document document) {
        Optional<T> decoded = decoded(document);
        if (decoded.isEmpty() && told.size() < MOST_TOLD && told.add(document.key())) {
            LOG.error("left out: {}", malformed(document).getMessage());
        }
        return decoded;
    }

    /**
     * Reads a document.
     *
     * @param document of the collection
     * @return what it says
     * @throws MalformedDocumentException when it cannot be read
     */
    T read(Store.Document document) {
        return decoded(document).orElseThrow(() -> malformed(document));
    }

    /**
     * Finds a document.
     *
     * @param key its key
     * @return what it says, or empty where there is none
     * @throws MalformedDocumentException when it cannot be read
     */
    public Optional<T> find(String key) {
        return store.get(collection, key).map(this::read);
    }

    /**
     * Finds a document that can be read.
     *
     * @param key its key
     * @return what it says, or empty where there is none, or none that can be read
     */
    public Optional<T> findLegible(String key) {
        return store.get(collection, key).flatMap(this::legible);
    }

    /**
     * All documents that can be read.
     *
     * @param prefix what their keys begin with; empty for all
     * @return what they say, in the order of their keys
     */
    public List<T> list(String prefix) {
        return store.list(collection, prefix).stream()
                .flatMap(document -> legible(document).stream())
                .toList();
    }

    /**
     * Some documents that can be read. Where there are fewer than were asked for, none follow.
     *
     * @param prefix what their keys begin with; empty for all
     * @param after the key after which to begin, there or not; empty to begin with the first
     * @param most how many at most
     * @return what they say, in the order of their keys
     */
    public List<T> page(String prefix, String after, int most) {
        List<T> found = new ArrayList<>();
        List<Store.Document> part = store.page(collection, prefix, after, most);
        add(part, found);
        boolean more = part.size() == most;
        while (more && found.size() < most) {
            int missing = most - found.size();
            part = store.page(collection, prefix, part.get(part.size() - 1).key(), missing);
            add(part, found);
            more = part.size() == missing;
        }
        return found;
    }

    private void add(List<Store.Document> part, List<T> found) {
        part.forEach(document -> legible(document).ifPresent(found::add));
    }
}
