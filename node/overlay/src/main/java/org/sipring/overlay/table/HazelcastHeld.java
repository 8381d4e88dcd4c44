package org.sipring.overlay.table;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.LocalMapStats;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.map.impl.recordstore.RecordStore;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Hash;
import org.sipring.api.Table;

/** What this node holds of a table: of each of Hazelcast's partitions the owner's entries, or the backup's. */
record HazelcastHeld<V>(Table.Spec<V> spec, Owner owner, Supplier<MapProxyImpl<String, Envelope>> maps)
        implements Table.Held<V> {
    private static final int PATIENCE_SECONDS = 5;

    // Changes are counted here; entries that come or go with other members are not, but they change the two others.
    @Override
    public long mark() {
        MapProxyImpl<String, Envelope> map = maps.get();
        LocalMapStats stats = map.getLocalMapStats();
        long layout = map.getNodeEngine().getPartitionService().getPartitionStateStamp();
        return Hash.of(owner.changes(spec.name()) + " " + layout + " " + stats.getOwnedEntryCount() + " "
                + stats.getBackupEntryCount());
    }

    @Override
    public int parts() {
        return maps.get().getNodeEngine().getPartitionService().getPartitionCount();
    }

    @Override
    public Map<String, V> part(int number) {
        NodeEngine engine = maps.get().getNodeEngine();
        Map<String, V> values = new HashMap<>();
        list(engine, number).forEach((key, entry) -> {
            byte[] value = owner.read(engine.<Envelope>toObject(entry));
            if (value != null) {
                values.put(engine.<String>toObject(key), spec.codec().decode(value));
            }
        });
        return values;
    }

    private Map<Data, Data> list(NodeEngine engine, int number) {
        Listing listing = new Listing(engine, maps.get().getName(), number, new CompletableFuture<>());
        engine.getOperationService().execute(listing);
        try {
            return listing.entries().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("part " + number + " of table " + spec.name() + " cannot be read", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a table was read", stopping);
        }
    }

    /** Runs in the partition's thread, which alone may look; it takes references only, as entries are never modified. */
    private record Listing(NodeEngine engine, String map, int number, CompletableFuture<Map<Data, Data>> entries)
            implements PartitionSpecificRunnable {
        @Override
        public int getPartitionId() {
            return number;
        }

        @Override
        public void run() {
            try {
                entries.complete(all());
            } catch (RuntimeException failure) {
                entries.completeExceptionally(failure);
            }
        }

        private Map<Data, Data> all() {
            MapService service = engine.getService(MapService.SERVICE_NAME);
            @Nullable RecordStore<?> store = service.getMapServiceContext().getExistingRecordStore(number, map);
            Map<Data, Data> all = new HashMap<>();
            if (store != null) {
                store.forEach((key, entry) -> all.put(key, (Data) entry.getValue()), true, true);
            }
            return all;
        }
    }
}
