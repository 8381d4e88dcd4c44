package org.sipring.store.watch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipring.api.Store;
import org.sipring.store.command.Key;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who hear of changes, by collection. Callable from any thread. */
public final class Watchers implements Applied {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final Map<String, List<Store.Watcher>> byCollection = new ConcurrentHashMap<>();
    private final List<Applied> ofAll = new CopyOnWriteArrayList<>();

    /**
     * Lets one hear of a collection.
     *
     * @param collection the collection
     * @param watcher hears of it, in the thread that applies
     */
    public void add(String collection, Store.Watcher watcher) {
        byCollection
                .computeIfAbsent(collection, name -> new CopyOnWriteArrayList<>())
                .add(watcher);
    }

    /**
     * Lets one hear of everything, before the others.
     *
     * @param all hears of it, in the thread that applies
     */
    public void add(Applied all) {
        ofAll.add(all);
    }

    @Override
    public void changed(Key key) {
        ofAll.forEach(all -> guard(() -> all.changed(key)));
        byCollection
                .getOrDefault(key.collection(), List.of())
                .forEach(watcher -> guard(() -> watcher.changed(key.name())));
    }

    @Override
    public void replaced() {
        ofAll.forEach(all -> guard(all::replaced));
        byCollection.values().forEach(watchers -> watchers.forEach(watcher -> guard(watcher::allChanged)));
    }

    // What is thrown in the thread that applies would stop the replica.
    private static void guard(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException bug) {
            LOG.error("a watcher of the store failed; please report this", bug);
        }
    }
}
