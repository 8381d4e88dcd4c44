package org.sipring.testkit;

import java.util.HashMap;
import java.util.Map;
import org.sipring.api.Table;

/** What a node of a {@link SimCluster} holds of a table. */
record NodeHeld<V>(SimNode node, String table) implements Table.Held<V> {
    @Override
    public long mark() {
        return shelf().changes();
    }

    @Override
    public int parts() {
        return Slot.PARTITIONS;
    }

    @Override
    public Map<String, V> part(int number) {
        Map<String, V> part = new HashMap<>();
        shelf().partition(number).keySet().stream()
                .filter(slot -> slot.table().equals(table))
                .forEach(slot -> shelf().<V>get(slot).at(node.host().now()).ifPresent(v -> part.put(slot.key(), v)));
        return part;
    }

    private Shelf shelf() {
        if (!node.joined()) {
            throw new IllegalStateException(node + " is not on the platform");
        }
        return node.shelf();
    }
}
