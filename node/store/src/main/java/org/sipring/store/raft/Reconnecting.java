package org.sipring.store.raft;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.sipring.api.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After each change of trust lets a replica connect to the others anew: the trust manager judges handshakes only, and a
 * stream between replicas lasts for months. Who fails gets no entry any more. Lives in a room that may block for some
 * seconds.
 */
final class Reconnecting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnecting.class);

    private final RaftServer server;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Identity.Hearing hearing;

    Reconnecting(RaftServer server, Identity identity) {
        this.server = server;
        hearing = identity.onChange(() -> due.set(true));
    }

    /** Does it where it is due; to be called about every second. */
    void look() {
        if (due.getAndSet(false)) {
            try {
                server.getGroups().forEach(this::reconnect);
            } catch (IOException closed) {
                LOG.debug("a replica ends meanwhile", closed);
            }
        }
    }

    @Override
    public void close() {
        hearing.end();
    }

    private void reconnect(RaftGroup group) {
        IOException reason = new IOException("its certificate is judged again");
        for (RaftPeer peer : group.getPeers()) {
            if (!peer.getId().equals(server.getId())) {
                server.getServerRpc().handleException(peer.getId(), reason, true);
            }
        }
    }
}
