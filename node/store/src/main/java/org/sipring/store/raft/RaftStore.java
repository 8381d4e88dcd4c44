package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.sipring.api.Chance;
import org.sipring.api.LargeName;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Changes;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.database.Database;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.mirror.Source;
import org.sipring.store.patience.Patience;
import org.sipring.store.patience.Shared;
import org.sipring.store.watch.Watchers;

/**
 * The store of a node that holds a replica: documents are read from it, and changes are asked of whoever leads. Who has
 * written reads at once what it wrote, where its own replica keeps up.
 */
public final class RaftStore implements WholeStore, AutoCloseable {
    // A replica that is further behind is cut off, or begins: what was written is safe all the same.
    private static final Duration KEEPS_UP = Duration.ofSeconds(1);

    // Forgets requests that nobody can have made. Once it is applied here, so is all that was before it in the log.
    private static final Command NOTHING = new Command.Forget(Instant.EPOCH);

    private final Replica replica;
    private final Submitter leader;
    private final Watchers watchers;
    private final Changes changes;
    private final ReplicaChunks chunks;
    private final Patience patience;
    private final Shared<Void> catchingUp = new Shared<>(this::appendNothing);

    /**
     * A store over a replica that runs.
     *
     * @param replica this node's; closed with the store
     * @param leader how changes are asked for; closed with the store
     * @param watchers those of the replica
     * @param chance names requests
     * @param patience for how long it waits; what is answered is told in its room
     * @param reading threads that may wait for the disk
     */
    RaftStore(
            Replica replica, Submitter leader, Watchers watchers, Chance chance, Patience patience, Executor reading) {
        this.replica = replica;
        this.leader = leader;
        this.watchers = watchers;
        this.patience = patience;
        changes = new Changes(chance, patience::now, this::change);
        chunks = new ReplicaChunks(() -> database().large(), changes, patience.room(), reading);
    }

    /**
     * Whether documents can be read here.
     *
     * @return false while the replica does not belong to the group, begins, or another's copy takes its place
     */
    public boolean isReadable() {
        return replica.database().isPresent();
    }

    private Database database() {
        return replica.database()
                .orElseThrow(() -> new StoreNotOpenException(
                        "this node's replica is not open: it begins, or another's copy takes its place; try again"));
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        return database().get(new Key(collection, key));
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return database().list(collection, prefix);
    }

    @Override
    public List<Document> page(String collection, String prefix, String after, int most) {
        return database().page(collection, prefix, after, most);
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return database().keys(after, most);
    }

    @Override
    public void moment(Teller teller) throws IOException {
        database().moment((key, document) -> teller.tell(key.collection(), document));
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return changes.put(new Key(collection, key), value, expected);
    }

    @Override
    public CompletionStage<Put> put(
            String collection, String key, byte[] value, long expected, Set<LargeName> refersTo) {
        return changes.put(new Key(collection, key), value, expected, refersTo);
    }

    @Override
    public ChunkStore chunks() {
        return chunks;
    }

    /**
     * Puts a chunk back that was found to be damaged here.
     *
     * @param name its name
     * @param bytes its bytes, from another replica
     * @return completes when it is on the disk
     */
    public CompletionStage<Void> repair(ChunkName name, byte[] bytes) {
        return chunks.repair(name, bytes);
    }

    /** Removes large values that nothing has used for a while, where there are any. Blocks for a moment. */
    CompletionStage<Void> sweep(Duration grace) {
        Instant before = patience.now().minus(grace);
        return database().large().isDue(before)
                ? leader.submit(new Command.Sweep(before)).thenAccept(told -> {})
                : CompletableFuture.completedFuture(null);
    }

    /** Forgets what was asked so long ago that nobody sends it again. */
    CompletionStage<Void> forget(Duration grace) {
        return leader.submit(new Command.Forget(patience.now().minus(grace))).thenAccept(told -> {});
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return changes.delete(new Key(collection, key), expected);
    }

    private CompletionStage<Answer> change(Command command) {
        return leader.submit(command).thenCompose(this::readable).exceptionallyCompose(this::explained);
    }

    // Whoever asked nobody that could write is told what is wrong here.
    private CompletionStage<Answer> explained(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Optional<String> here = cause instanceof TimeoutException ? replica.trouble() : Optional.empty();
        if (here.isEmpty()) {
            return CompletableFuture.failedFuture(cause);
        }
        TimeoutException explained = new TimeoutException(cause.getMessage() + "; here, " + here.get());
        explained.initCause(cause);
        return CompletableFuture.failedFuture(explained);
    }

    private CompletionStage<Answer> readable(Submitter.Told told) {
        return patience.await(replica.applied(told.index()), KEEPS_UP).thenApply(over -> told.answer());
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return catchingUp.ask();
    }

    private CompletionStage<Void> appendNothing() {
        return leader.submit(NOTHING).thenCompose(told -> patience.ask(() -> replica.applied(told.index())));
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        watchers.add(collection, watcher);
    }

    /**
     * What the mirrors on other nodes are served from.
     *
     * @return this node's replica
     */
    public Source source() {
        return new ReplicaSource(replica, this::change, this::catchUp);
    }

    @Override
    public void close() throws IOException {
        try (replica;
                leader) {
            // Both, whatever becomes of one.
        }
    }
}
