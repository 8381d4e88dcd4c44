package org.sipring.store.raft;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;
import org.sipring.api.Identity;

/** What Ratis is told. Its defaults suit larger machines, and keep some files in the system's temporary folder. */
final class RaftSettings {
    // A pause for garbage or of the host must not cost an election: 1 s to 2 s, not 150 ms to 300 ms.
    private static final Duration ELECTION_LEAST = Duration.ofSeconds(1);
    private static final Duration ELECTION_MOST = Duration.ofSeconds(2);
    // A leader that hangs costs whoever asks it so much, and again where the others have not noticed it yet.
    private static final Duration REQUEST = Duration.ofSeconds(2);
    /** After so many entries a replica makes a copy. */
    static final long ENTRIES_BEFORE_SNAPSHOT = 20_000;

    private static final int ENTRIES_KEPT = 10_000;

    // gRPC logs by java.util.logging, past the house's log, each connection that fails. Held here, for the level is
    // forgotten with its logger.
    private static final Logger GRPC = Logger.getLogger("org.apache.ratis.thirdparty.io.grpc");

    static {
        GRPC.setLevel(Level.SEVERE);
        // A resumed session shows the trust manager no certificate, also not that of who is revoked meanwhile. Ratis
        // hands on no other way to say this to its own Netty.
        String openSsl = "org.apache.ratis.thirdparty.io.netty.handler.ssl.openssl.";
        System.setProperty(openSsl + "sessionCacheClient", "false");
        System.setProperty(openSsl + "sessionCacheServer", "false");
    }

    private RaftSettings() {}

    static RaftProperties server(ReplicaFolder folder, InetSocketAddress address) {
        RaftProperties raft = client();
        GrpcConfigKeys.Server.setHost(raft, address.getAddress().getHostAddress());
        GrpcConfigKeys.Server.setPort(raft, address.getPort());
        RaftConfigKeys.Rpc.setType(raft, new PromptRpc());
        RaftServerConfigKeys.setStorageDir(raft, List.of(folder.raft().toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(raft, folder.removed().toFile());
        RaftServerConfigKeys.Rpc.setTimeoutMin(raft, time(ELECTION_LEAST));
        RaftServerConfigKeys.Rpc.setTimeoutMax(raft, time(ELECTION_MOST));
        // By default ten seconds: nobody leads meanwhile where it is the one that has the longest log.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(raft, time(ELECTION_LEAST));
        log(raft);
        snapshots(raft);
        return raft;
    }

    private static void log(RaftProperties raft) {
        // Ratis 3.3.0: with this, a follower acknowledges entries that it never got, behind others that are sent again.
        RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(raft, false);
        // By default one more entry behind each that is committed, for followers and for a start; PromptAppender tells
        // the former at less cost, and the database knows what has been applied.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(raft, false);
        RaftServerConfigKeys.Log.setSegmentSizeMax(raft, SizeInBytes.valueOf("8MB"));
        RaftServerConfigKeys.Log.setPreallocatedSize(raft, SizeInBytes.valueOf("1MB"));
        RaftServerConfigKeys.Log.setWriteBufferSize(raft, SizeInBytes.valueOf("5MB"));
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(raft, SizeInBytes.valueOf("32MB"));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(raft, SizeInBytes.valueOf("4MB"));
        // By default 16 MB each, of which a leader keeps eight in memory until they have come.
        RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(raft, SizeInBytes.valueOf("1MB"));
    }

    private static void snapshots(RaftProperties raft) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(raft, true);
        // The replica begins each by itself, and Ratis asks whether there is one.
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(raft, ENTRIES_BEFORE_SNAPSHOT);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(raft, 2);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(raft, true);
        RaftServerConfigKeys.Log.setPurgePreservationLogNum(raft, ENTRIES_KEPT);
    }

    static RaftProperties client() {
        RaftProperties raft = new RaftProperties();
        RaftClientConfigKeys.Rpc.setRequestTimeout(raft, time(REQUEST));
        return raft;
    }

    /** For who asks. */
    static Parameters client(Identity identity) {
        Parameters parameters = new Parameters();
        GrpcTlsConfig tls = new GrpcTlsConfig(identity.keys(), identity.trust(), true);
        GrpcConfigKeys.TLS.setConf(parameters, tls);
        return parameters;
    }

    /** For a replica. */
    static Parameters server(Identity identity, NodesOnly door, Pacing pacing) {
        Parameters parameters = client(identity);
        // What is added last is asked first.
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters, (builder, types) -> door.customize(builder.intercept(pacing), types));
        return parameters;
    }

    static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
