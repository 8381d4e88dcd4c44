package org.sipring.overlay.table;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a rule at the owner and hands the backup its result: a rule runs once. Confined to one partition thread. */
final class UpdateProcessor implements EntryProcessor<String, Envelope, byte[]> {
    private final transient Owner owner;
    private final transient Update update;
    private transient @Nullable InstallProcessor backup;

    UpdateProcessor(Owner owner, Update update) {
        this.owner = owner;
        this.update = update;
    }

    Update update() {
        return update;
    }

    @Override
    public byte[] process(Map.Entry<String, Envelope> entry) {
        Decision decision = owner.decide(update, entry.getValue());
        Envelope kept = decision.kept();
        backup = kept == null ? null : new InstallProcessor(owner, kept);
        if (kept != null && decision.fresh()) {
            ((ExtendedMapEntry<String, Envelope>) entry).setValue(kept, owner.lifeMillis(kept), TimeUnit.MILLISECONDS);
        }
        return decision.reply();
    }

    @Override
    public @Nullable EntryProcessor<String, Envelope, byte[]> getBackupProcessor() {
        return backup;
    }
}
