package org.sipring.overlay.table;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads at the owner, by the owner's clock, and sends the value without the envelope. */
final class ReadProcessor implements EntryProcessor<String, Envelope, byte[]>, ReadOnly {
    private final transient Owner owner;

    ReadProcessor(Owner owner) {
        this.owner = owner;
    }

    @Override
    public byte @Nullable [] process(Map.Entry<String, Envelope> entry) {
        return owner.read(entry.getValue());
    }

    @Override
    public @Nullable EntryProcessor<String, Envelope, byte[]> getBackupProcessor() {
        return null;
    }
}
