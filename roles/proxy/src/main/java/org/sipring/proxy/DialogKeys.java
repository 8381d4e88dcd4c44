package org.sipring.proxy;

import java.util.Optional;
import org.sipring.proxy.edge.TokenKeys;
import org.sipring.proxy.keys.SharedKeys;

/** The shared keys that live as long as dialogs. */
record DialogKeys(SharedKeys keys) implements TokenKeys {
    @Override
    public Key newest() {
        var key = keys.newest();
        return new Key(key.id(), key.secret());
    }

    @Override
    public Optional<Key> find(int id) {
        return keys.find(id).map(key -> new Key(key.id(), key.secret()));
    }
}
