package org.sipring.overlay.table;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.impl.merge.MapMergingEntryImpl;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Unites the two sides of a healed partition by the tables' own {@link org.sipring.api.Table.Merge}. Made by Hazelcast from its name,
 * and found at the owner of each key by the instance's user context.
 */
final class UnitingMergePolicy
        implements SplitBrainMergePolicy<Envelope, MergingEntry<String, Envelope>, Envelope>,
                IdentifiedDataSerializable,
                HazelcastInstanceAware {
    static final int FACTORY = 7600;
    static final int CLASS = 1;

    private transient @Nullable HazelcastInstance instance;

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
        instance = hazelcastInstance;
    }

    @Override
    public Envelope merge(MergingEntry<String, Envelope> merging, @Nullable MergingEntry<String, Envelope> existing) {
        Owner owner = owner();
        Envelope one = merging.getDeserializedValue();
        if (existing == null) {
            owner.keep(one);
            return one;
        }
        keepLonger(merging, existing);
        return owner.unite(one, existing.getDeserializedValue());
    }

    private Owner owner() {
        Object owner = Objects.requireNonNull(instance).getUserContext().get(Owner.class.getName());
        return (Owner) Objects.requireNonNull(owner);
    }

    // Hazelcast gives the union the life of the merging entry, which may be the shorter one. Nothing but the entry
    // itself can say otherwise.
    private static void keepLonger(MergingEntry<String, Envelope> merging, MergingEntry<String, Envelope> existing) {
        if (merging instanceof MapMergingEntryImpl<String, Envelope> shorter
                && existing instanceof MapMergingEntryImpl<String, Envelope> longer
                && shorter.getExpirationTime() < longer.getExpirationTime()) {
            shorter.setExpirationTime(longer.getExpirationTime()).setTtl(longer.getTtl());
        }
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return CLASS;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // It carries nothing.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // It carries nothing.
    }
}
