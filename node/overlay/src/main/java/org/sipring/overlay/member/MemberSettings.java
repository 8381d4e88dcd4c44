package org.sipring.overlay.member;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import java.net.InetSocketAddress;
import java.util.Map;

/** Hazelcast's settings as Sipring needs them; those that only tables need are {@code HazelcastTables}'. */
public final class MemberSettings {
    /** How fast failures are seen, how patient operations are, and what is switched off. */
    static final Map<String, String> PROPERTIES = Map.ofEntries(
            // A killed process is out in about 0.1 s: its connection breaks, and one failed reconnect is enough.
            Map.entry("hazelcast.connection.monitor.interval", "50"),
            Map.entry("hazelcast.connection.monitor.max.faults", "1"),
            // A hung one in 5 s. The deadline detector: phi accrual adds its estimate to the same pause.
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
            Map.entry("hazelcast.heartbeat.failuredetector.type", "deadline"),
            // One-way cuts: without this, the two ends disagree for ever.
            Map.entry("hazelcast.partial.member.disconnection.resolution.heartbeat.count", "3"),
            // Also the number of attempts, 100 ms apart: whoever misses a dead master up to a heartbeat later than the
            // next one does refuses until then. With too few attempts the survivors of a cut part from each other.
            Map.entry("hazelcast.mastership.claim.timeout.seconds", "120"),
            Map.entry("hazelcast.member.list.publish.interval.seconds", "10"),
            // A healed partition merges in seconds, not in five minutes.
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.wait.seconds.before.join", "1"),
            Map.entry("hazelcast.max.join.seconds", "15"),
            Map.entry("hazelcast.max.join.merge.target.seconds", "5"),
            // StrictJoiner connects to everybody; Hazelcast would look again only after a whole second.
            Map.entry("hazelcast.connect.all.wait.seconds", "0"),
            // Of one attempt; it begins anew at each retry. Tables and messages have limits of their own.
            Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
            Map.entry("hazelcast.invocation.retry.pause.millis", "100"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "15"),
            // Own address only: both what we listen on and what our connections come from.
            Map.entry("hazelcast.socket.server.bind.any", "false"),
            Map.entry("hazelcast.socket.client.bind.any", "false"),
            // A small cluster sends little: fewer threads, less memory.
            Map.entry("hazelcast.io.thread.count", "2"),
            Map.entry("hazelcast.event.thread.count", "2"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.logging.details.enabled", "false"),
            Map.entry("hazelcast.logging.emoji.enabled", "false"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            Map.entry("hazelcast.jmx", "false"));

    private MemberSettings() {}

    /**
     * A fresh configuration.
     *
     * @param passport what the node claims
     * @param listen its own address and port
     * @return to be completed with tables and operations
     */
    public static Config config(Passport passport, InetSocketAddress listen) {
        Config config = new Config();
        // Hazelcast compares cluster names at each join and at each merge.
        config.setClusterName("sipring-" + passport.platform());
        config.setInstanceName("sipring-" + passport.node() + "-" + listen.getHostString());
        PROPERTIES.forEach(config::setProperty);
        passport.attributes().forEach(config.getMemberAttributeConfig()::setAttribute);
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        network(config, listen);
        config.setClassLoader(new NarrowClassLoader());
        config.getSerializationConfig().setJavaSerializationFilterConfig(failuresOnly());
        return config;
    }

    /** One endpoint for members: clients, REST and memcache have none. Joining is {@link StrictJoiner}'s. */
    private static void network(Config config, InetSocketAddress listen) {
        JoinConfig join = config.getAdvancedNetworkConfig().setEnabled(true).getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
        members.setPort(listen.getPort()).setPortAutoIncrement(false).setReuseAddress(true);
        // The general property does not reach endpoints: their default waits for ever.
        members.setSocketConnectTimeoutSeconds(3);
        config.getAdvancedNetworkConfig().setMemberEndpointConfig(members);
    }

    /** Hazelcast sends an operation's failure as a serialised Java exception: those, and nothing else, are read. */
    private static JavaSerializationFilterConfig failuresOnly() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist()
                .addPrefixes("com.hazelcast.core.", "com.hazelcast.spi.exception.", "com.hazelcast.partition.")
                .addPrefixes("[Ljava.lang.StackTraceElement;", "[Ljava.lang.Throwable;", "java.util.Collections$")
                .addClasses("com.hazelcast.nio.serialization.HazelcastSerializationException", "java.util.ArrayList")
                .addClasses("com.hazelcast.splitbrainprotection.SplitBrainProtectionException")
                // What a member answers while the platform's members change: unread, its caller would wait for ever.
                .addClasses("com.hazelcast.internal.partition.PartitionStateVersionMismatchException")
                .addClasses("com.hazelcast.internal.cluster.impl.ClusterTopologyChangedException")
                .addClasses("com.hazelcast.internal.cluster.impl.MasterNodeChangedException")
                .addClasses("com.hazelcast.internal.cluster.impl.ConfigMismatchException")
                .addClasses("com.hazelcast.internal.cluster.impl.VersionMismatchException")
                .addClasses("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException")
                .addClasses("java.lang.StackTraceElement", "java.lang.Error", "java.lang.AssertionError")
                .addClasses("java.lang.IllegalArgumentException", "java.lang.IllegalStateException")
                .addClasses("java.lang.NullPointerException", "java.lang.UnsupportedOperationException")
                .addClasses("java.lang.IndexOutOfBoundsException", "java.lang.SecurityException")
                .addClasses("java.lang.ClassCastException", "java.io.IOException", "java.io.EOFException")
                .addClasses("java.lang.InterruptedException", "java.util.concurrent.TimeoutException")
                .addClasses("java.util.concurrent.ExecutionException", "java.util.concurrent.CancellationException")
                .addClasses("java.util.concurrent.RejectedExecutionException", "java.util.NoSuchElementException")
                .addClasses("java.lang.ClassNotFoundException", "java.lang.ReflectiveOperationException");
        return filter;
    }
}
