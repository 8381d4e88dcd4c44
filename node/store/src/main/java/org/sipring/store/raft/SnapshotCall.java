package org.sipring.store.raft;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets Ratis ask its replica for a snapshot soon, also where no entry comes. Callable from any thread. */
final class SnapshotCall {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCall.class);

    // It waits for the entries before it; whether it is late is nobody's business.
    private static final long LIMIT_MILLIS = 60_000;
    // However few they are: by default Ratis would find a copy of a thousand entries before good enough.
    private static final long ENTRIES = 1;

    private final AtomicLong calls = new AtomicLong();

    /** Asks a server; no failure of that matters. */
    void make(RaftServer server, RaftGroupId group) {
        SnapshotManagementRequest request = SnapshotManagementRequest.newCreate(
                ClientId.randomId(), server.getId(), group, calls.incrementAndGet(), LIMIT_MILLIS, ENTRIES);
        var unused = server.snapshotManagementAsync(request).exceptionally(failure -> {
            LOG.debug("the log is not shortened now, but later: {}", failure.toString());
            return null;
        });
    }
}
