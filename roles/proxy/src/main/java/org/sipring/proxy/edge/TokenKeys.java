package org.sipring.proxy.edge;

import java.util.Optional;

/**
 * The platform's keys for tokens, equal on all nodes. They rotate; an old one is kept as long as a dialog may live that
 * began under it. Callable from any thread; never blocks.
 */
public interface TokenKeys {
    /**
     * The key for new tokens.
     *
     * @return the newest key
     */
    Key newest();

    /**
     * Finds a key.
     *
     * @param id what {@link Key#id} said
     * @return the key, or empty when it has been thrown away or never was
     */
    Optional<Key> find(int id);

    /**
     * A key.
     *
     * @param id names it
     * @param secret at least 32 bytes
     */
    record Key(int id, byte[] secret) {}
}
