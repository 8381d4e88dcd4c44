package org.sipring.overlay.table;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.sipring.api.NodeId;
import org.sipring.api.Table;
import org.sipring.testkit.contract.Journal;

/** One member: a plain Hazelcast instance with our tables. */
final class TestNode implements AutoCloseable {
    static final String JOURNAL = "journal";

    final NodeId id;
    final TestClock clock = new TestClock();
    final HazelcastTables tables;
    final HazelcastInstance instance;
    final Table<String> journal;
    final UUID uuid;
    final AtomicInteger merges = new AtomicInteger();

    TestNode(String name, Config config) {
        id = new NodeId(name);
        tables = new HazelcastTables(id, clock);
        tables.configure(config);
        journal = tables.open(Journal.spec(JOURNAL));
        instance = Hazelcast.newHazelcastInstance(config);
        uuid = instance.getCluster().getLocalMember().getUuid();
        instance.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                merges.incrementAndGet();
            }
        });
        tables.start(instance);
    }

    int size() {
        return instance.getCluster().getMembers().size();
    }

    IMap<String, Envelope> map(String table) {
        return instance.getMap(HazelcastTables.PREFIX + table);
    }

    int partition(String key) {
        return instance.getPartitionService().getPartition(key).getPartitionId();
    }

    /** A key that another member owns, as this node sees it. */
    String keyOwnedBy(TestNode owner, String prefix) {
        return IntStream.range(0, 100_000)
                .mapToObj(number -> prefix + number)
                .filter(key -> owner.uuid.equals(ownerOf(key)))
                .findFirst()
                .orElseThrow();
    }

    private UUID ownerOf(String key) {
        Member owner = instance.getPartitionService().getPartition(key).getOwner();
        return Objects.requireNonNull(owner).getUuid();
    }

    /** Dies without a word to the others. */
    void crash() {
        instance.getLifecycleService().terminate();
    }

    @Override
    public void close() {
        tables.stop();
        instance.getLifecycleService().terminate();
        clock.close();
    }
}
