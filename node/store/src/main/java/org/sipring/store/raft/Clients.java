package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.impl.RaftClientImpl;
import org.apache.ratis.client.retry.RequestTypeDependentRetryPolicy;
import org.apache.ratis.proto.RaftProtos.RaftClientRequestProto.TypeCase;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ratis' clients of a group, one after the other. Another takes over after each change of trust: it makes its connections
 * anew, with nothing remembered of earlier TLS sessions, so that the trust manager judges every replica by the newest
 * list. Callable from any thread.
 */
final class Clients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Site site;
    private final Executor closing;
    private final Identity.Hearing hearing;
    private @Nullable RaftClient current;
    private boolean closed;

    /**
     * What a client needs.
     *
     * @param group the platform's group
     * @param peers its replicas, as far as they are known now
     * @param identity how it proves itself
     * @param patience for how long Ratis asks again by itself, before it tells what fails
     */
    record Site(UUID group, Supplier<List<Peer>> peers, Identity identity, Duration patience) {}

    /**
     * Makes none before it is needed.
     *
     * @param site where
     * @param closing threads for the end of clients, which blocks
     */
    Clients(Site site, Executor closing) {
        this.site = site;
        this.closing = closing;
        hearing = site.identity().onChange(this::leave);
    }

    private RaftClient next() {
        List<RaftPeer> peers = site.peers().get().stream().map(Peer::raft).toList();
        if (peers.isEmpty()) {
            throw new IllegalStateException("no replica of the store is known yet");
        }
        return RaftClient.newBuilder()
                .setProperties(RaftSettings.client())
                .setParameters(RaftSettings.client(site.identity()))
                .setRaftGroup(RaftGroup.valueOf(RaftGroupId.valueOf(site.group()), peers))
                .setRetryPolicy(RequestTypeDependentRetryPolicy.newBuilder()
                        .setRetryPolicy(TypeCase.WRITE, RetryPolicies.retryForeverWithSleep(RaftSettings.time(PAUSE)))
                        .setTimeout(TypeCase.WRITE, RaftSettings.time(site.patience()))
                        .build())
                .build();
    }

    /** The one in use, by its class: its interface has no writes without order. */
    synchronized RaftClientImpl current() {
        if (closed) {
            throw new CancellationException("the store is closed");
        }
        if (current == null) {
            current = next();
        }
        return (RaftClientImpl) current;
    }

    private synchronized void leave() {
        RaftClient used = current;
        current = null;
        if (used != null) {
            closing.execute(() -> end(used));
        }
    }

    private static void end(RaftClient used) {
        try {
            used.close();
        } catch (IOException failure) {
            LOG.warn("a connection to the store does not end well: {}", failure.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        hearing.end();
        RaftClient last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        if (last != null) {
            last.close();
        }
    }
}
