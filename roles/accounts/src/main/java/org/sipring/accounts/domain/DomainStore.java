package org.sipring.accounts.domain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.accounts.LegibleDocuments;
import org.sipring.accounts.MalformedDocumentException;
import org.sipring.api.Codec;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;

/** The domains in the durable store: collection {@code domains} holds them by name. Callable from any thread. */
public final class DomainStore {
    /** A domain as its document holds it. */
    public static final Codec<Domain> CODEC = new DomainCodec();

    private static final String COLLECTION = StoreCollection.DOMAINS.id();

    private final Store store;
    private final LegibleDocuments<Stored> documents;

    /**
     * The domains of a store.
     *
     * @param store the store
     */
    public DomainStore(Store store) {
        this.store = store;
        documents = new LegibleDocuments<>(store, COLLECTION, DomainStore::stored);
    }

    /**
     * A domain as it was read.
     *
     * @param domain the domain
     * @param revision counts its changes upwards
     */
    public record Stored(Domain domain, long revision) {}

    /**
     * Finds a domain.
     *
     * @param name its name
     * @return the domain and its revision, or empty when there is none
     * @throws MalformedDocumentException when what is there cannot be read
     */
    public Optional<Stored> stored(String name) {
        return documents.find(name);
    }

    private static Stored stored(Store.Document document) {
        Domain domain = CODEC.decode(document.value());
        if (!document.key().equals(domain.name())) {
            throw new IllegalArgumentException("a domain in the place of another");
        }
        return new Stored(domain, document.revision());
    }

    /**
     * Some domains, of those that can be read.
     *
     * @param after the name after which to begin; empty to begin with the first
     * @param most how many at most
     * @return them, in the order of their names
     */
    public List<Stored> page(String after, int most) {
        return documents.page("", after, most);
    }

    /** The names of all domains. */
    List<String> names() {
        return store.list(COLLECTION, "").stream().map(Store.Document::key).toList();
    }

    /**
     * Writes a domain.
     *
     * @param domain the domain
     * @param expected the revision that must still be the current one; 0: there must be none
     * @return the new revision, or empty when another revision was current
     */
    public CompletionStage<Optional<Long>> put(Domain domain, long expected) {
        return store.put(COLLECTION, domain.name(), CODEC.encode(domain), expected);
    }

    /**
     * Removes a domain.
     *
     * @param name its name
     * @param expected the revision that must still be the current one
     * @return true when it was removed, false when another revision was current
     */
    public CompletionStage<Boolean> remove(String name, long expected) {
        return store.delete(COLLECTION, name, expected);
    }

    /** Lets somebody hear of every later change. */
    void watch(Store.Watcher watcher) {
        store.watch(COLLECTION, watcher);
    }
}
