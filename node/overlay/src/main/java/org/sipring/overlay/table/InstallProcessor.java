package org.sipring.overlay.table;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts at a backup what the owner decided. */
final class InstallProcessor implements EntryProcessor<String, Envelope, byte[]> {
    private final transient Owner owner;
    private final transient Envelope envelope;

    InstallProcessor(Owner owner, Envelope envelope) {
        this.owner = owner;
        this.envelope = envelope;
    }

    Envelope envelope() {
        return envelope;
    }

    @Override
    public byte @Nullable [] process(Map.Entry<String, Envelope> entry) {
        owner.keep(envelope);
        ((ExtendedMapEntry<String, Envelope>) entry)
                .setValue(envelope, owner.lifeMillis(envelope), TimeUnit.MILLISECONDS);
        return null;
    }
}
