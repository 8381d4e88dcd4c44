package org.sipring.store.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.LargeName;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Changes;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.patience.Patience;
import org.sipring.store.patience.Window;
import org.sipring.store.watch.Watchers;

/**
 * The store of a node without a replica: it follows another node's over the overlay, and has a copy of all documents in memory.
 * Changes are asked for by whichever node with a replica answers. Cut off from them all it is read from as it was. Who has
 * written reads at once what it wrote, where its copy keeps up.
 *
 * <p>A document that is changed again and again in a moment may be told of once.
 */
public final class MirrorStore implements WholeStore {
    // A mirror that is further behind is cut off, or begins: what was written is safe all the same.
    private static final Duration KEEPS_UP = Duration.ofSeconds(1);
    private static final int UNDER_WAY = 256;

    private final Follower follower;
    private final Wire wire;
    private final Watchers watchers = new Watchers();
    private final Changes changes;
    private final MirrorChunks chunks;
    private final Patience patience;
    private final Window window = new Window(UNDER_WAY);

    private record Told(Answer answer, CompletableFuture<Void> readable) {}

    /**
     * Follows nobody yet.
     *
     * @param overlay the way to the other nodes
     * @param chance names requests
     * @param patience for how long it asks for a change; its room is the mirror's own, where watchers hear of changes
     * @param sources the nodes to ask, best first: those with a replica, as far as this is known now
     */
    public MirrorStore(Overlay overlay, Chance chance, Patience patience, Supplier<List<NodeId>> sources) {
        this.patience = patience;
        changes = new Changes(chance, patience::now, this::change);
        chunks = new MirrorChunks(patience, changes, this::search);
        wire = new Wire(overlay, patience.room());
        follower = new Follower(wire, new Sources(overlay, sources), watchers);
        overlay.onView(view -> patience.room().execute(() -> follower.see(view)));
    }

    /** From now on follows the best node, and another one when that fails. */
    public void follow() {
        patience.room().execute(follower::follow);
    }

    /** Follows nobody any more, and forgets all documents: this node has a replica of its own. May follow again later. */
    public void rest() {
        patience.room().execute(follower::rest);
    }

    /**
     * Tells whether documents can be read.
     *
     * @return true once all have been copied, until the {@link #rest}
     */
    public boolean isReadable() {
        return follower.content().isPresent();
    }

    private Content content() {
        return follower.content()
                .orElseThrow(() -> new StoreNotOpenException(
                        "this node has no copy of the store yet: it asks the nodes that have a replica; try again"));
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        return content().get(new Key(collection, key));
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return content().list(collection, prefix);
    }

    @Override
    public List<Document> page(String collection, String prefix, String after, int most) {
        return content().page(collection, prefix, after, most);
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return content().keys(after, most);
    }

    // Its own moment: the mirror's room changes nothing meanwhile.
    @Override
    public void moment(Teller teller) throws IOException {
        try {
            CompletableFuture.supplyAsync(() -> content().moment(), patience.room()::execute)
                    .join()
                    .tell(teller);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException closed ? closed : failed;
        }
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

    private <T> CompletionStage<Optional<T>> search(Question question, Function<Reply, Optional<T>> found) {
        return new Search<>(wire, question, found).among(follower.servers());
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return changes.delete(new Key(collection, key), expected);
    }

    // Asked again and again under one name, of one node after the other: it is done once.
    private CompletionStage<Answer> change(Command.Asked change) {
        Question question = new Question.Submit(change);
        AtomicInteger attempts = new AtomicInteger();
        return window.enter(() -> patience.ask(() -> attempt(question, attempts.getAndIncrement())))
                .thenCompose(this::readable);
    }

    private CompletionStage<Told> attempt(Question question, int number) {
        List<NodeId> servers = follower.servers();
        if (servers.isEmpty()) {
            throw new IllegalStateException("no node with a replica of the store is known yet");
        }
        return wire.ask(servers.get(number % servers.size()), question).thenCompose(this::told);
    }

    private CompletionStage<Told> told(Reply reply) {
        if (reply instanceof Reply.Done done) {
            return CompletableFuture.completedStage(new Told(done.answer(), follower.readable(done.mark())));
        }
        return CompletableFuture.failedFuture(new IllegalStateException(
                reply instanceof Reply.Refused refused ? refused.why() : "an answer to no question: " + reply));
    }

    private CompletionStage<Answer> readable(Told told) {
        return patience.await(told.readable(), KEEPS_UP).thenApply(over -> told.answer());
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return patience.ask(follower::catchUp);
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        watchers.add(collection, watcher);
    }
}
