package org.sipring.testkit;

import java.util.HashMap;
import java.util.Map;

/** The entries that a node holds, as owner or as backup. */
final class Shelf {
    private final Map<Slot, SimEntry<?>> entries = new HashMap<>();
    private long changes;

    /** Another number after each change. */
    long changes() {
        return changes;
    }

    @SuppressWarnings("unchecked") // A table's name always comes with the same type: specs are equal everywhere.
    <V> SimEntry<V> get(Slot slot) {
        return (SimEntry<V>) entries.getOrDefault(slot, SimEntry.empty());
    }

    void put(Slot slot, SimEntry<?> entry) {
        changes++;
        entries.put(slot, entry);
    }

    /** Installs what the owner sent, unless something later was here before it. */
    void install(Slot slot, SimEntry<?> entry) {
        changes++;
        entries.merge(slot, entry, (held, sent) -> sent.lastTime() >= held.lastTime() ? sent : held);
    }

    Map<Slot, SimEntry<?>> partition(int partition) {
        Map<Slot, SimEntry<?>> part = new HashMap<>(entries);
        part.keySet().removeIf(slot -> slot.partition() != partition);
        return part;
    }

    void replace(int partition, Map<Slot, SimEntry<?>> content) {
        changes++;
        entries.keySet().removeIf(slot -> slot.partition() == partition);
        entries.putAll(content);
    }
}
