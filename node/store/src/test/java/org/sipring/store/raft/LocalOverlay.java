package org.sipring.store.raft;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.View;

/** A node's messages to others in one process, for tests with real threads. Nobody comes and nobody goes. */
final class LocalOverlay implements Overlay {
    private final NodeId self;
    private final Map<NodeId, LocalOverlay> nodes;
    private final View view;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    /**
     * A node among others.
     *
     * @param self its name
     * @param nodes those that run, by name
     * @param members the names of all that there will be
     */
    LocalOverlay(String self, Map<NodeId, LocalOverlay> nodes, String... members) {
        this.self = new NodeId(self);
        this.nodes = nodes;
        view = new View(
                1, "test", Arrays.stream(members).map(LocalOverlay::member).toList());
        nodes.put(this.self, this);
    }

    private static Member member(String name) {
        return new Member(new NodeId(name), "127.0.0.1", Set.of(), 100, "1", NodeState.READY, 1, 1, false);
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public void onView(Consumer<View> listener) {
        listener.accept(view);
    }

    @Override
    public void announce(NodeState state) {
        throw new UnsupportedOperationException("only requests are answered here");
    }

    @Override
    public void spare(boolean busy) {
        throw new UnsupportedOperationException("only requests are answered here");
    }

    @Override
    public void handle(String subject, Handler handler) {
        handlers.put(subject, handler);
    }

    @Override
    public CompletionStage<byte[]> request(NodeId to, String subject, byte[] body, Duration limit) {
        Handler handler = Optional.ofNullable(nodes.get(to))
                .map(there -> there.handlers.get(subject))
                .orElse(null);
        return handler == null
                ? CompletableFuture.failedFuture(new IllegalStateException("nobody answers at " + to))
                : handler.answer(self, body.clone())
                        .toCompletableFuture()
                        .copy()
                        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void send(NodeId to, String subject, byte[] body) {
        throw new UnsupportedOperationException("only requests are answered here");
    }

    @Override
    public <V> Table<V> table(Table.Spec<V> spec) {
        throw new UnsupportedOperationException("only requests are answered here");
    }
}
