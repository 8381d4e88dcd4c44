package org.sipring.proxy.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sipring.proxy.keys.Key;
import org.sipring.proxy.keys.Keys;

/** Keys that a test makes and throws away. */
final class TestKeys implements Keys {
    final Map<Integer, Key> all = new HashMap<>();
    private Key newest = add(1);

    Key add(int id) {
        byte[] secret = new byte[32];
        secret[0] = (byte) id;
        newest = new Key(id, 0, secret);
        all.put(id, newest);
        return newest;
    }

    @Override
    public Key newest() {
        return newest;
    }

    @Override
    public Optional<Key> find(int id) {
        return Optional.ofNullable(all.get(id));
    }
}
