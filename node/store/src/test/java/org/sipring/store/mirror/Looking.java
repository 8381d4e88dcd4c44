package org.sipring.store.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/**
 * Looks at a mirror again and again: it never shows a document as it was before what it showed of it last, and who goes by its
 * watchers alone knows in the end what it shows.
 */
final class Looking {
    private final Store mirror;
    private final History history;
    private final Map<Key, Integer> moments = new HashMap<>();
    private final Map<Key, Long> heard = new HashMap<>();

    Looking(MirrorStore mirror, History history, Set<String> collections) {
        this.mirror = mirror;
        this.history = history;
        collections.forEach(collection -> mirror.watch(collection, new Heard(collection)));
    }

    private final class Heard implements Store.Watcher {
        private final String collection;

        Heard(String collection) {
            this.collection = collection;
        }

        @Override
        public void changed(String name) {
            hear(new Key(collection, name));
        }

        @Override
        public void allChanged() {
            Set<Key> all = new HashSet<>(heard.keySet());
            mirror.list(collection, "").forEach(document -> all.add(new Key(collection, document.key())));
            all.stream().filter(key -> key.collection().equals(collection)).forEach(this::hear);
        }

        private void hear(Key key) {
            heard.put(key, look(key));
        }
    }

    private long look(Key key) {
        long revision = revision(key);
        int last = moments.getOrDefault(key, 0);
        Optional<Integer> moment = history.moment(key, revision, last);
        assertThat(moment)
                .as("%s at revision %d, after it was seen as it was after %d entries", key, revision, last)
                .isPresent();
        moments.put(key, moment.get());
        return revision;
    }

    long revision(Key key) {
        return mirror.get(key.collection(), key.name())
                .map(Store.Document::revision)
                .orElse(0L);
    }

    /** Everything that can be seen. */
    void lookAround() {
        history.keys().forEach(this::look);
    }

    /** From now on nothing may be as it was before so many entries. */
    void expect(int entries) {
        history.keys().forEach(key -> moments.merge(key, entries, Math::max));
        lookAround();
    }

    /** It is as it has to be, and so is what was heard. */
    void compare(Source.Documents truth) {
        for (Key key : history.keys()) {
            Optional<Store.Document> expected = truth.get(key);
            Optional<Store.Document> there = mirror.get(key.collection(), key.name());
            assertThat(there.map(Store.Document::revision))
                    .as("%s", key)
                    .isEqualTo(expected.map(Store.Document::revision));
            assertThat(Arrays.equals(bytes(there), bytes(expected)))
                    .as("%s", key)
                    .isTrue();
            assertThat(heard.getOrDefault(key, 0L))
                    .as("what was heard of %s", key)
                    .isEqualTo(expected.map(Store.Document::revision).orElse(0L));
        }
    }

    private static byte[] bytes(Optional<Store.Document> document) {
        return document.map(Store.Document::value).orElse(new byte[0]);
    }
}
