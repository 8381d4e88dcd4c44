package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.config.Config;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sipring.api.Table;
import org.sipring.testkit.contract.Journal;

/** Some members that found each other over loopback. */
final class TestPlatform implements AutoCloseable {
    static final int PARTITION_THREADS = 2;
    private static final int PARTITIONS = 31;

    private static final String LOOPBACK = "127.0.0.1";

    final List<TestNode> nodes = new ArrayList<>();
    private final List<Integer> ports;

    /** A platform that is safe. */
    TestPlatform(int size) {
        this(size, true);
    }

    /** A platform that is not asked to be safe. */
    static TestPlatform unsafe(int size) {
        return new TestPlatform(size, false);
    }

    private TestPlatform(int size, boolean safe) {
        ports = freePorts(size);
        for (int i = 0; i < size; i++) {
            nodes.add(new TestNode("n" + (i + 1), config(ports.get(i))));
        }
        if (safe) {
            awaitSafe();
            settle();
        }
    }

    void awaitSafe() {
        await(() -> nodes.stream()
                .allMatch(node -> !node.instance.getLifecycleService().isRunning() || node.tables.safe()));
    }

    // For some moments after a join, members may disagree about who backs up a partition: one that does not know that
    // it is the backup says nothing, and the change is Unknown. The tests begin when that is over.
    private void settle() {
        for (TestNode node : nodes) {
            for (int i = 0; i < 4 * PARTITIONS; i++) {
                applied(node.journal, "settle" + i, "add", "", node.id.value());
            }
        }
    }

    /** Does what whoever hears Unknown does: asks again with the same request id. */
    static String applied(Table<String> table, String key, String rule, String argument, String requestId) {
        List<String> answers = new ArrayList<>();
        await(() -> result(table.update(key, rule, Journal.bytes(argument), requestId))
                .match(answer -> answers.add(Journal.text(answer)), () -> false));
        return answers.get(0);
    }

    /** Cuts two groups off from each other: each forgets the other's addresses and throws its members out. */
    void split(List<Integer> one, List<Integer> other) {
        nodes.forEach(node -> addresses(node).clear());
        one.forEach(number -> suspect(node(number), other));
        other.forEach(number -> suspect(node(number), one));
        await(() -> one.stream().allMatch(number -> node(number).size() == one.size())
                && other.stream().allMatch(number -> node(number).size() == other.size()));
    }

    /** Lets the groups find each other again, and waits until they are one and a minority of one has merged. */
    void heal() {
        int before = merges();
        nodes.forEach(node -> ports.forEach(port -> addresses(node).addMember(LOOPBACK + ":" + port)));
        await(() -> nodes.stream().allMatch(node -> node.size() == nodes.size()));
        await(() -> merges() > before);
        awaitSafe();
    }

    private int merges() {
        return nodes.stream().mapToInt(node -> node.merges.get()).sum();
    }

    private void suspect(TestNode node, List<Integer> numbers) {
        Node kernel = ((HazelcastInstanceProxy) node.instance).getOriginal().node;
        for (int number : numbers) {
            ClusterServiceImpl cluster = kernel.getClusterService();
            MemberImpl member = cluster.getMember(node(number).uuid);
            if (member != null) {
                cluster.suspectMember(member, "the test cuts the network", true);
            }
        }
    }

    private static TcpIpConfig addresses(TestNode node) {
        return node.instance.getConfig().getNetworkConfig().getJoin().getTcpIpConfig();
    }

    TestNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Polls with an own bound: what is waited for happens in Hazelcast's threads. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
            pause();
        }
    }

    static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void pause() {
        try {
            boolean never = new CountDownLatch(1).await(Duration.ofMillis(20).toMillis(), TimeUnit.MILLISECONDS);
            assertThat(never).isFalse();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private Config config(int port) {
        Config config = new Config().setClusterName("test-" + ports.get(0));
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "1");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        config.setProperty("hazelcast.tcp.join.previously.joined.member.address.retention.seconds", "0");
        config.setProperty("hazelcast.operation.thread.count", Integer.toString(PARTITION_THREADS));
        config.setProperty("hazelcast.io.thread.count", "2");
        config.setProperty("hazelcast.partition.count", Integer.toString(PARTITIONS));
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false).setPublicAddress(LOOPBACK + ":" + port);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        TcpIpConfig join = config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
        ports.forEach(member -> join.addMember(LOOPBACK + ":" + member));
        return config;
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::close);
    }
}
