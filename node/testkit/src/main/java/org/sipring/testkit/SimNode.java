package org.sipring.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.View;

/** The overlay of one process of a {@link SimCluster}. A node that starts again is another one. */
public final class SimNode implements Overlay {
    private final SimCluster cluster;
    private final SimHost host;
    private final Member birth;
    private final Shelf shelf = new Shelf();
    private final Handlers handlers = new Handlers();
    private final Map<String, NodeTable<?>> tables = new HashMap<>();
    private final List<Consumer<View>> listeners = new ArrayList<>();
    private View view = new View(0, SimCluster.PLATFORM, List.of());
    private long version;
    private long rank;
    private NodeState announced = NodeState.JOINING;
    private boolean busy;
    private @Nullable Group group;

    SimNode(SimCluster cluster, SimHost host, Member birth) {
        this.cluster = cluster;
        this.host = host;
        this.birth = birth;
    }

    /**
     * The process.
     *
     * @return the host that it runs on
     */
    public SimHost host() {
        return host;
    }

    /**
     * What the node said last of itself.
     *
     * @return its state, whether or not others know
     */
    public NodeState announced() {
        return announced;
    }

    /**
     * The value that this process holds, whether or not it is responsible.
     *
     * @param table the table's name
     * @param key the key
     * @param <V> the value's type
     * @return the value, unless it has expired
     */
    public <V> Optional<V> held(String table, String key) {
        return shelf.<V>get(new Slot(table, key)).at(host.now());
    }

    @Override
    public NodeId self() {
        return birth.id();
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
        announced = state;
    }

    @Override
    public void spare(boolean spared) {
        busy = spared;
    }

    @Override
    public void handle(String subject, Handler handler) {
        handlers.put(subject, handler);
    }

    @Override
    public CompletionStage<byte[]> request(NodeId to, String subject, byte[] body, Duration limit) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        host.ticker().after(limit, () -> answer.completeExceptionally(new IllegalStateException(to + " is silent")));
        byte[] copy = body.clone();
        reach(to, peer -> peer.handlers
                .answer(self(), subject, copy)
                .whenComplete((bytes, failure) -> peer.reach(self(), mine -> Handlers.settle(answer, bytes, failure))));
        return answer;
    }

    @Override
    public void send(NodeId to, String subject, byte[] body) {
        byte[] copy = body.clone();
        reach(to, peer -> peer.handlers.answer(self(), subject, copy));
    }

    /** Does something at a node: here at once, at another one when the network lets it. */
    void reach(NodeId to, Consumer<SimNode> arrival) {
        if (to.equals(self())) {
            arrival.accept(this);
            return;
        }
        cluster.node(to).ifPresent(peer -> cluster.network().send(self(), to, () -> arrival.accept(peer)));
    }

    @Override
    public <V> Table<V> table(Table.Spec<V> spec) {
        return opened(spec);
    }

    @SuppressWarnings("unchecked") // A name always comes with the same type: specs are equal everywhere.
    <V> NodeTable<V> opened(Table.Spec<V> spec) {
        return (NodeTable<V>) tables.computeIfAbsent(spec.name(), name -> new NodeTable<>(this, spec));
    }

    @SuppressWarnings("unchecked")
    <V> Table.Spec<V> spec(String table) {
        return ((NodeTable<V>) Objects.requireNonNull(tables.get(table), "table not open")).spec();
    }

    /** Whether this node answers for a slot now. */
    boolean owns(Slot slot) {
        return tables.containsKey(slot.table()) && group().seats().of(slot).owner() == this;
    }

    /** The greatest roster wins: an older one was overtaken on its way. */
    void learn(Group.Roster roster) {
        if (roster.version() > version) {
            version = roster.version();
            view = new View(view.seq() + 1, SimCluster.PLATFORM, roster.members());
            List.copyOf(listeners).forEach(listener -> listener.accept(view));
        }
    }

    /** What it says of itself; its rank is the group's to give. */
    Member said() {
        return birth.in(announced).spared(busy);
    }

    void join(long place) {
        rank = place;
    }

    void belongTo(Group next) {
        group = next;
    }

    Group group() {
        return Objects.requireNonNull(group, "not joined");
    }

    boolean joined() {
        return group != null;
    }

    /** Whether two nodes still take each other for members of one cluster. */
    boolean with(SimNode other) {
        return group != null && group == other.group;
    }

    long version() {
        return version;
    }

    long rank() {
        return rank;
    }

    /**
     * Which life of the node this process is.
     *
     * @return as {@link Member#boot}
     */
    public long boot() {
        return birth.boot();
    }

    Shelf shelf() {
        return shelf;
    }

    boolean running() {
        return host.running();
    }

    boolean killed() {
        return host.killed();
    }

    @Override
    public String toString() {
        return birth.id().value();
    }
}
