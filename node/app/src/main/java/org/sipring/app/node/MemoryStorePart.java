package org.sipring.app.node;

import java.util.List;
import java.util.Optional;
import org.sipring.api.Backups;
import org.sipring.api.Replicas;
import org.sipring.api.Store;
import org.sipring.store.MemoryStore;

/** Documents of this node alone, which end with it. */
final class MemoryStorePart implements StorePart {
    private final MemoryStore store = new MemoryStore();

    @Override
    public void start() {
        // There is nothing to wait for.
    }

    @Override
    public void stop() {
        // Nothing is open.
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Optional<Backups> backups() {
        return Optional.empty();
    }

    @Override
    public Optional<Replicas> replicas() {
        return Optional.empty();
    }

    @Override
    public StoreState state() {
        return new StoreState(false, true, Optional.empty(), List.of(), List.of());
    }

    @Override
    public List<String> alarms() {
        return List.of();
    }
}
