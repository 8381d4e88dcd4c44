package org.sipring.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.api.View;

/**
 * The overlay of one node, for the tests of those who use overlays: the test says what the node sees, and messages to
 * overlays that it {@link #connect connected} arrive at once. For one thread.
 */
public final class SimOverlay implements Overlay {
    private static final String PLATFORM = "test";

    private final NodeId self;
    private final Ticker ticker;
    private final Map<NodeId, SimOverlay> peers = new HashMap<>();
    private final Handlers handlers = new Handlers();
    private final Map<String, SimTable<?>> tables = new HashMap<>();
    private final List<Consumer<View>> listeners = new ArrayList<>();
    private View view = new View(0, PLATFORM, List.of());

    /**
     * The overlay of a node that sees nobody yet.
     *
     * @param self the node
     * @param ticker its time
     */
    public SimOverlay(NodeId self, Ticker ticker) {
        this.self = self;
        this.ticker = ticker;
    }

    /**
     * Shows the node a new view.
     *
     * @param members who is in it, the node itself included
     */
    public void show(Member... members) {
        view = new View(view.seq() + 1, PLATFORM, List.of(members));
        List.copyOf(listeners).forEach(listener -> listener.accept(view));
    }

    /**
     * Opens a way for messages, in both directions.
     *
     * @param other the other node
     */
    public void connect(SimOverlay other) {
        peers.put(other.self, other);
        other.peers.put(self, this);
    }

    /**
     * Cuts the way again.
     *
     * @param other the other node
     */
    public void disconnect(SimOverlay other) {
        peers.remove(other.self);
        other.peers.remove(self);
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
        listeners.add(listener);
        listener.accept(view);
    }

    @Override
    public void announce(NodeState state) {
        showSelf(member -> member.in(state));
    }

    @Override
    public void spare(boolean busy) {
        showSelf(member -> member.spared(busy));
    }

    private void showSelf(UnaryOperator<Member> change) {
        show(view.members().stream()
                .map(member -> member.id().equals(self) ? change.apply(member) : member)
                .toArray(Member[]::new));
    }

    @Override
    public void handle(String subject, Handler handler) {
        handlers.put(subject, handler);
    }

    @Override
    public CompletionStage<byte[]> request(NodeId to, String subject, byte[] body, Duration limit) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        ticker.after(limit, () -> answer.completeExceptionally(new IllegalStateException(to + " is silent")));
        SimOverlay peer = peer(to);
        if (peer == null) {
            answer.completeExceptionally(new IllegalStateException("no way to " + to));
        } else {
            peer.handlers
                    .answer(self, subject, body.clone())
                    .whenComplete((bytes, failure) -> Handlers.settle(answer, bytes, failure));
        }
        return answer;
    }

    private @Nullable SimOverlay peer(NodeId to) {
        return to.equals(self) ? this : peers.get(to);
    }

    @Override
    public void send(NodeId to, String subject, byte[] body) {
        SimOverlay peer = peer(to);
        if (peer != null) {
            peer.handlers.answer(self, subject, body.clone());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // A name always comes with the same type: specs are equal everywhere.
    public <V> SimTable<V> table(Table.Spec<V> spec) {
        return (SimTable<V>) tables.computeIfAbsent(spec.name(), name -> new SimTable<>(spec, ticker, self));
    }
}
