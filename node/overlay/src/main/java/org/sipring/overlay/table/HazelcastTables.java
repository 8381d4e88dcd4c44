package org.sipring.overlay.table;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MetadataPolicy;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Table;
import org.sipring.api.Ticker;

/**
 * The replicated tables of one node: {@link #configure}, start the Hazelcast instance, then {@link #start}. Tables may
 * be opened before or after; earlier is better, because a node owns keys from the moment it joins. Callable from any
 * thread.
 */
public final class HazelcastTables {
    /** What the names of the tables' maps begin with. */
    static final String PREFIX = "table.";

    /** Hazelcast's settings that only tables need; all others are {@code MemberSettings}'. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            // Otherwise a change is called applied although its backup never answered.
            Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"),
            // Below Calls.LIMIT, so that the caller hears the reason.
            Map.entry("hazelcast.operation.backup.timeout.millis", "3000"),
            // Expired entries leave the heap within seconds, not at their next use; the default clears a tenth of them
            // now and then.
            Map.entry("hazelcast.internal.map.expiration.task.period.seconds", "1"),
            Map.entry("hazelcast.internal.map.expiration.cleanup.percentage", "100"),
            Map.entry("hazelcast.internal.map.expiration.cleanup.operation.count", "271"));

    private final Owner owner;
    private final Calls calls;
    private final Map<String, Table<?>> tables = new ConcurrentHashMap<>();
    private volatile @Nullable HazelcastInstance instance;
    private volatile @Nullable SafetyWatch watch;

    /**
     * Prepares the tables of a node.
     *
     * @param self the node, which signs its stamps
     * @param room any thread of the overlay; completions and time limits run there, and it is asked for the time
     */
    public HazelcastTables(NodeId self, Ticker room) {
        this.owner = new Owner(self, room);
        this.calls = new Calls(room);
    }

    /**
     * Adds what the tables need to the configuration of an instance that will be started.
     *
     * @param config the configuration
     */
    public void configure(Config config) {
        config.addMapConfig(mapConfig());
        config.getUserContext().put(Owner.class.getName(), owner);
        Formats.register(config.getSerializationConfig(), owner);
        config.getSerializationConfig()
                .addDataSerializableFactory(UnitingMergePolicy.FACTORY, type -> new UnitingMergePolicy());
        PROPERTIES.forEach(config::setProperty);
    }

    private static MapConfig mapConfig() {
        return new MapConfig(PREFIX + "*")
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setMetadataPolicy(MetadataPolicy.OFF)
                .setBackupCount(1)
                .setAsyncBackupCount(0)
                .setReadBackupData(false)
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(UnitingMergePolicy.class.getName()));
    }

    /**
     * Begins to serve the tables.
     *
     * @param started the instance that was configured here
     */
    public void start(HazelcastInstance started) {
        instance = started;
        watch = SafetyWatch.start(started);
        calls.start();
    }

    /** Answers what is outstanding with {@code Unknown}. Call it before the instance is shut down. */
    public void stop() {
        calls.stop();
        SafetyWatch current = watch;
        if (current != null) {
            current.stop();
        }
    }

    /**
     * Opens a table, or returns the one that was opened under that name.
     *
     * @param spec the table's rules
     * @param <V> the value's type
     * @return the table
     */
    @SuppressWarnings("unchecked") // A name always comes with the same type: specs are equal everywhere.
    public <V> Table<V> open(Table.Spec<V> spec) {
        return (Table<V>) tables.computeIfAbsent(spec.name(), name -> {
            owner.open(spec);
            return new HazelcastTable<>(spec, this);
        });
    }

    /**
     * Tells whether every acknowledged change of every table is at two nodes. A platform of one node is never safe. The
     * answer is some moments old, but turns false at once when a member is lost.
     *
     * @return true when any single crash loses nothing
     */
    public boolean safe() {
        SafetyWatch current = watch;
        return current != null && current.safe();
    }

    Owner owner() {
        return owner;
    }

    Calls calls() {
        return calls;
    }

    HazelcastInstance instance() {
        HazelcastInstance current = instance;
        if (current == null) {
            throw new HazelcastInstanceNotActiveException("the overlay is not started");
        }
        return current;
    }
}
