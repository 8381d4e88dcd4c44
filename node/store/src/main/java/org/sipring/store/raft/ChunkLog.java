package org.sipring.store.raft;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.sipring.store.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the log is chunks of large values. Ratis makes a copy, after which the log before it can go, by the number of
 * entries; these are large, so it is asked for one by their bytes as well. Lives in the thread that applies.
 */
final class ChunkLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkLog.class);

    private static final long MOST_BYTES = 64L << 20;
    // It waits for the entries before it; whether it is late is nobody's business.
    private static final long LIMIT_MILLIS = 60_000;
    // However few they are: by default Ratis would find a copy of a thousand entries before good enough.
    private static final long ENTRIES = 1;

    private final AtomicLong calls = new AtomicLong();
    private long bytes;

    /** A chunk has been applied. */
    void add(Command.Chunk chunk, RaftServer server, RaftGroupId group) {
        bytes += chunk.bytes().length;
        if (bytes >= MOST_BYTES) {
            copied();
            var unused = server.snapshotManagementAsync(request(server, group)).exceptionally(failure -> {
                LOG.debug("no copy is made now, but later: {}", failure.toString());
                return null;
            });
        }
    }

    private SnapshotManagementRequest request(RaftServer server, RaftGroupId group) {
        return SnapshotManagementRequest.newCreate(
                ClientId.randomId(), server.getId(), group, calls.incrementAndGet(), LIMIT_MILLIS, ENTRIES);
    }

    /** A copy has been made. */
    void copied() {
        bytes = 0;
    }
}
