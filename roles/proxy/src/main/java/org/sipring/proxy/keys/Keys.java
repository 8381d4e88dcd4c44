package org.sipring.proxy.keys;

import java.util.Optional;

/**
 * The platform's keys for one purpose, equal on all nodes. They rotate; an old one is kept as long as what it sealed may
 * be needed. Callable from any thread; never blocks.
 */
public interface Keys {
    /**
     * The key to seal with: the newest that every node has had time to fetch.
     *
     * @return the key
     * @throws IllegalStateException where there is none yet
     */
    Key newest();

    /**
     * Finds the key that sealed something.
     *
     * @param id what {@link Key#id} said
     * @return the key, or empty where it is too old or this node does not know it yet
     */
    Optional<Key> find(int id);
}
