package org.sipring.store.group;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.StoreFailedException;

/**
 * What the store itself says of the group that keeps it. Its leader writes down who votes, so that nodes without a replica
 * know it too, also when nobody of the group is left; the group's own configuration alone decides. Operators' orders are in it
 * until they have been carried out, whoever leads. What cannot be read at the moment is as good as not there. Callable from
 * any thread.
 */
public final class GroupDocuments {
    private static final String COLLECTION = StoreCollection.STORE_GROUP.id();
    private static final String VOTERS = "voters";
    private static final String REPLACE = "replace/";

    private final Store store;
    private final AtomicBoolean updating = new AtomicBoolean();

    /**
     * The documents in a store.
     *
     * @param store any node's copy
     */
    public GroupDocuments(Store store) {
        this.store = store;
    }

    /**
     * Who votes, as the leader has written it last.
     *
     * @return nobody where it is not known
     */
    public List<ReplicaName> voters() {
        return kept(written()).stream().map(Kept::replica).toList();
    }

    /**
     * The certificate of a replica's node, as a leader has written it last.
     *
     * @param voter which one
     * @return its serial number; empty where it is not known
     */
    public Optional<BigInteger> certificate(ReplicaName voter) {
        return kept(voter, kept(written())).flatMap(Kept::certificate);
    }

    private Optional<Store.Document> written() {
        return read(() -> store.get(COLLECTION, VOTERS), Optional.empty());
    }

    private static List<Kept> kept(Optional<Store.Document> written) {
        return written.stream()
                .flatMap(document -> text(document.value()).lines())
                .map(Kept::of)
                .toList();
    }

    private static Optional<Kept> kept(ReplicaName replica, List<Kept> all) {
        return all.stream().filter(kept -> kept.replica().equals(replica)).findFirst();
    }

    /**
     * Who votes and is to be replaced at once, because an operator says so.
     *
     * @return the replicas by name: another one of the same node is not meant
     */
    public Set<ReplicaName> unwanted() {
        return orders().stream().map(GroupDocuments::named).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Has a replica replaced as soon as another can take its place.
     *
     * @param voter which one
     * @return completes when that is written down, or has been before; fails as the store does
     */
    public CompletionStage<Void> replace(ReplicaName voter) {
        return store.put(COLLECTION, REPLACE + voter, new byte[0], 0).thenAccept(written -> {});
    }

    /**
     * Writes down who votes, and removes the orders that have been carried out. For the leader alone, again and again: what
     * fails is tried by the next call, and while one is under way others do nothing.
     *
     * @param voters who votes now; an order that names somebody else has been read after that one had left
     */
    public void update(List<Kept> voters) {
        if (!updating.compareAndSet(false, true)) {
            return;
        }
        List<CompletionStage<?>> changes = read(() -> changes(voters), List.<CompletionStage<?>>of());
        var unused = CompletableFuture.allOf(changes.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> updating.set(false));
    }

    private List<CompletionStage<?>> changes(List<Kept> voters) {
        List<CompletionStage<?>> changes = new ArrayList<>();
        Optional<Store.Document> written = store.get(COLLECTION, VOTERS);
        List<Kept> former = kept(written);
        String now = voters.stream()
                .map(voter -> voter.or(kept(voter.replica(), former)).toString())
                .sorted()
                .collect(Collectors.joining("\n"));
        if (written.filter(document -> text(document.value()).equals(now)).isEmpty()) {
            long revision = written.map(Store.Document::revision).orElse(0L);
            changes.add(store.put(COLLECTION, VOTERS, now.getBytes(StandardCharsets.UTF_8), revision));
        }
        orders().stream()
                .filter(order -> kept(named(order), voters).isEmpty())
                .map(order -> store.delete(COLLECTION, order.key(), order.revision()))
                .forEach(changes::add);
        return changes;
    }

    private List<Store.Document> orders() {
        return read(() -> store.list(COLLECTION, REPLACE), List.<Store.Document>of());
    }

    private static ReplicaName named(Store.Document order) {
        return ReplicaName.of(order.key().substring(REPLACE.length()));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    // Whoever cares for the group goes on with that, whatever becomes of these documents.
    private static <T> T read(Supplier<T> reading, T otherwise) {
        try {
            return reading.get();
        } catch (StoreNotOpenException | DamagedException | StoreFailedException unreadable) {
            return otherwise;
        }
    }
}
