package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.TcpIpConfig;
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
import org.sipring.api.NodeId;

/** Some members that found each other over loopback. */
final class TestPlatform implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    final List<TestNode> nodes = new ArrayList<>();
    private final List<Integer> ports;

    TestPlatform(int size) {
        ports = freePorts(size);
        for (int i = 0; i < size; i++) {
            nodes.add(new TestNode("n" + (i + 1), config(ports.get(i))));
        }
        awaitSafe();
    }

    void awaitSafe() {
        await(() -> nodes.stream()
                .allMatch(node -> !node.instance.getLifecycleService().isRunning() || node.tables.safe()));
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

    static NodeId id(int number) {
        return new NodeId("n" + number);
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
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "4");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.io.thread.count", "2");
        config.setProperty("hazelcast.partition.count", "31");
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
