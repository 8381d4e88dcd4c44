package org.sipring.store.mirror;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sipring.api.LargeName;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;

/** What a log makes of documents, by the rules of the database. */
final class Machine implements Source.Documents {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::collection).thenComparing(Key::name);

    private final NavigableMap<Key, Store.Document> documents = new TreeMap<>(ORDER);
    private final Map<RequestId, Answer> answers = new HashMap<>();
    private final Map<LargeName, Manifest> values = new HashMap<>();
    private final Map<ChunkName, byte[]> chunks = new HashMap<>();
    private long revision;

    Answer apply(Command.Asked asked) {
        return asked instanceof Command.Change change ? applied(change) : large(asked);
    }

    private Answer large(Command.Asked asked) {
        if (asked instanceof Command.Chunk chunk) {
            chunks.put(ChunkName.of(chunk.bytes()), chunk.bytes());
            return Answer.DONE;
        }
        Manifest manifest = ((Command.Whole) asked).manifest();
        if (!chunks.keySet().containsAll(manifest.chunks())) {
            return Answer.MISSING;
        }
        values.put(manifest.name(), manifest);
        return Answer.DONE;
    }

    /** Removes what no document refers to. */
    void sweep() {
        Set<LargeName> used = new HashSet<>();
        documents.values().forEach(document -> used.addAll(document.refersTo()));
        values.keySet().retainAll(used);
        Set<ChunkName> left = new HashSet<>();
        values.values().forEach(manifest -> left.addAll(manifest.chunks()));
        chunks.keySet().retainAll(left);
    }

    private Answer applied(Command.Change change) {
        Answer first = answers.get(change.request());
        if (first == null) {
            first = change(change);
            answers.put(change.request(), first);
        }
        return first;
    }

    private Answer change(Command.Change change) {
        long current = get(change.key()).map(Store.Document::revision).orElse(0L);
        if (current != change.expected()) {
            return Answer.refused(current);
        }
        if (change instanceof Command.Put put) {
            if (!values.keySet().containsAll(put.refersTo())) {
                return Answer.MISSING;
            }
            documents.put(put.key(), new Store.Document(put.key().name(), ++revision, put.value(), put.refersTo()));
            return Answer.written(revision);
        }
        return documents.remove(change.key()) == null ? Answer.refused(0) : Answer.DONE;
    }

    @Override
    public Optional<Store.Document> get(Key key) {
        return Optional.ofNullable(documents.get(key));
    }

    @Override
    public Optional<Manifest> manifest(LargeName name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Optional<byte[]> chunk(ChunkName name) {
        return Optional.ofNullable(chunks.get(name));
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return after.map(key -> documents.tailMap(key, false)).orElse(documents).keySet().stream()
                .limit(most)
                .toList();
    }
}
