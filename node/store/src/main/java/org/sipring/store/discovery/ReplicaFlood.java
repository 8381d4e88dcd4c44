package org.sipring.store.discovery;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.store.raft.Nodes;
import org.sipring.store.raft.Peer;

/**
 * Lets every node know the replicas of the others: each tells all others of its own with every view, and now and then,
 * since a message may be lost and a replica may begin anew. Asked from any thread; tells in its room.
 */
public final class ReplicaFlood implements Nodes {
    private static final String SUBJECT = "store.replica";
    private static final Duration REPEAT = Duration.ofSeconds(5);
    // Who is away for longer is not expected any more: what it held, others hold by then.
    private static final Duration AWAY = Duration.ofMinutes(10);

    private final Overlay overlay;
    private final Ticker room;
    private final Predicate<BigInteger> revoked;
    private final Map<NodeId, ReplicaNews> told = new ConcurrentHashMap<>();
    private final Map<NodeId, Long> seenNanos = new ConcurrentHashMap<>();

    /**
     * Knows nobody yet.
     *
     * @param overlay the way to the others
     * @param room its own
     * @param revoked tells of a certificate's serial number whether it has been revoked
     */
    public ReplicaFlood(Overlay overlay, Ticker room, Predicate<BigInteger> revoked) {
        this.overlay = overlay;
        this.room = room;
        this.revoked = revoked;
    }

    /** From now on hears of the others' replicas. */
    public void listen() {
        overlay.handle(SUBJECT, (from, frame) -> {
            ReplicaNews.read(from, frame).ifPresent(news -> told.put(from, news));
            return CompletableFuture.completedFuture(new byte[0]);
        });
    }

    /**
     * From now on tells of this node's replica.
     *
     * @param replica how others find it now
     * @param certificate the serial number of this node's certificate now
     */
    public void tell(Supplier<Peer> replica, Supplier<BigInteger> certificate) {
        Supplier<ReplicaNews> own = () -> new ReplicaNews(replica.get(), certificate.get());
        overlay.onView(view -> room.execute(() -> tell(view, own.get())));
        room.execute(() -> repeat(own));
    }

    private void repeat(Supplier<ReplicaNews> own) {
        tell(overlay.view(), own.get());
        room.after(REPEAT, () -> repeat(own));
    }

    private void tell(View view, ReplicaNews own) {
        told.put(overlay.self(), own);
        long now = room.nanos();
        view.members().stream().map(Member::id).filter(told::containsKey).forEach(id -> seenNanos.put(id, now));
        seenNanos.values().removeIf(seen -> now - seen > AWAY.toNanos());
        byte[] frame = own.frame();
        view.members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(overlay.self()))
                .forEach(id -> overlay.send(id, SUBJECT, frame));
    }

    @Override
    public List<Peer> running() {
        return overlay.view().members().stream()
                .sorted(Comparator.comparingLong(Member::rank))
                .flatMap(member -> Optional.ofNullable(told.get(member.id())).stream())
                .map(ReplicaNews::peer)
                .toList();
    }

    @Override
    public int expected() {
        long known = seenNanos.keySet().stream().filter(node -> !removed(node)).count();
        return (int) Math.max(1, known);
    }

    @Override
    public Optional<BigInteger> certificate(NodeId node) {
        return Optional.ofNullable(told.get(node)).map(ReplicaNews::certificate);
    }

    @Override
    public boolean isRevoked(BigInteger certificate) {
        return revoked.test(certificate);
    }
}
