package org.sipring.store.raft;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipring.api.Store;
import org.sipring.store.command.Key;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear of changes, by collection. Callable from any thread. */
final class Watchers implements ReplicaMachine.Applied {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final Map<String, List<Store.Watcher>> byCollection = new ConcurrentHashMap<>();

    void add(String collection, Store.Watcher watcher) {
        byCollection
                .computeIfAbsent(collection, name -> new CopyOnWriteArrayList<>())
                .add(watcher);
    }

    @Override
    public void changed(Key key) {
        byCollection
                .getOrDefault(key.collection(), List.of())
                .forEach(watcher -> guard(() -> watcher.changed(key.name())));
    }

    @Override
    public void replaced() {
        byCollection.values().forEach(watchers -> watchers.forEach(watcher -> guard(watcher::allChanged)));
    }

    // What is thrown in Ratis' thread would stop the replica.
    private static void guard(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException bug) {
            LOG.error("a watcher of the store failed; please report this", bug);
        }
    }
}
