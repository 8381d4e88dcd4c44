package org.sipring.store.secret;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkStore;

/** A store whose documents of some collections are sealed wherever they are kept. As the store below. */
final class SealedStore implements WholeStore {
    private final WholeStore below;
    private final Set<String> secret;
    private final Sealer sealer;

    SealedStore(WholeStore below, Set<String> secret, Sealer sealer) {
        this.below = below;
        this.secret = Set.copyOf(secret);
        this.sealer = sealer;
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        Optional<Document> found = below.get(collection, key);
        return secret.contains(collection) ? found.map(document -> opened(collection, document)) : found;
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return below.put(collection, key, kept(collection, key, value), expected);
    }

    @Override
    public CompletionStage<Put> put(
            String collection, String key, byte[] value, long expected, Set<LargeName> refersTo) {
        return below.put(collection, key, kept(collection, key, value), expected, refersTo);
    }

    private byte[] kept(String collection, String key, byte[] value) {
        return secret.contains(collection) ? sealer.seal(collection, key, value) : value;
    }

    // As they are given: see LargeValues.
    @Override
    public ChunkStore chunks() {
        return below.chunks();
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return below.delete(collection, key, expected);
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return opened(collection, below.list(collection, prefix));
    }

    @Override
    public List<Document> page(String collection, String prefix, String after, int most) {
        return opened(collection, below.page(collection, prefix, after, most));
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return below.keys(after, most);
    }

    @Override
    public void moment(Teller teller) throws IOException {
        below.moment((collection, document) ->
                teller.tell(collection, secret.contains(collection) ? opened(collection, document) : document));
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return below.catchUp();
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        below.watch(collection, watcher);
    }

    private List<Document> opened(String collection, List<Document> found) {
        return secret.contains(collection)
                ? found.stream().map(document -> opened(collection, document)).toList()
                : found;
    }

    private Document opened(String collection, Document sealed) {
        byte[] value = sealer.open(collection, sealed.key(), sealed.value());
        return new Document(sealed.key(), sealed.revision(), value, sealed.refersTo());
    }
}
