package org.sipring.store.mirror;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;

/** What a log makes of documents, by the rules of the database. */
final class Machine implements Source.Documents {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::collection).thenComparing(Key::name);

    private final NavigableMap<Key, Store.Document> documents = new TreeMap<>(ORDER);
    private final Map<RequestId, Answer> answers = new HashMap<>();
    private long revision;

    Answer apply(Command.Change change) {
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
            documents.put(put.key(), new Store.Document(put.key().name(), ++revision, put.value()));
            return Answer.written(revision);
        }
        return documents.remove(change.key()) == null ? Answer.refused(0) : Answer.DONE;
    }

    @Override
    public Optional<Store.Document> get(Key key) {
        return Optional.ofNullable(documents.get(key));
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return after.map(key -> documents.tailMap(key, false)).orElse(documents).keySet().stream()
                .limit(most)
                .toList();
    }
}
