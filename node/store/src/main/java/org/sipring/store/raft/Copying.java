package org.sipring.store.raft;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.database.StoreFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@link Snapshots} of a database, one at a time, each after so many entries, or so many bytes of large values: the
 * log before it can go then. It takes seconds where there are many documents, in which nobody who writes must wait, so it
 * happens beside the thread that applies, and Ratis is told of it afterwards. Callable from any thread.
 */
final class Copying {
    private static final Logger LOG = LoggerFactory.getLogger(Copying.class);

    private static final long CHUNK_BYTES = 64L << 20;
    // A disk that has no room for one is not filled again with each entry,
    private static final long ENTRIES_BETWEEN_TRIES = 1_000;
    // and what is left is for the entries that come meanwhile.
    private static final long ROOM_BESIDE_IT = 64L << 20;

    private final Snapshots snapshots;
    private final Executor beside;
    private final Runnable over;
    private Optional<Run> run = Optional.empty();
    private boolean works;
    private long since = RaftLog.INVALID_LOG_INDEX;
    private long bytes;

    /** One that was begun. Whoever takes its turn first decides: what makes it, or what ends it before. */
    private record Run(CompletableFuture<TermIndex> made, AtomicBoolean turn, AtomicBoolean ended) {
        Run() {
            this(new CompletableFuture<>(), new AtomicBoolean(), new AtomicBoolean());
        }

        boolean takesItsTurn() {
            return turn.compareAndSet(false, true);
        }
    }

    /**
     * Makes none yet.
     *
     * @param beside threads that may be blocked for as long as a copy takes
     * @param over told when a copy has been made, or could not be: {@link #taken} says which
     */
    Copying(Snapshots snapshots, Executor beside, Runnable over) {
        this.snapshots = snapshots;
        this.beside = beside;
        this.over = over;
    }

    /** Copies are made from now on; there is one as far as this, or nothing. */
    synchronized void startsAt(long index) {
        since = index;
        works = true;
    }

    /** A chunk of a large value has been applied. */
    synchronized void chunk(int length) {
        bytes += length;
    }

    /** Entries have been applied: begins a copy where one is due, and none is under way. */
    synchronized void reached(long index, Database database) {
        boolean due = index - since >= RaftSettings.ENTRIES_BEFORE_SNAPSHOT || bytes >= CHUNK_BYTES;
        boolean free = run.isEmpty() || run.get().made().isDone();
        if (works && due && free) {
            since = index;
            bytes = 0;
            begin(database);
        }
    }

    private void begin(Database database) {
        Run begun = new Run();
        try {
            beside.execute(() -> run(database, begun));
            run = Optional.of(begun);
        } catch (RejectedExecutionException end) {
            LOG.debug("no copy is begun now: {}", end.toString());
            isTriedAgain();
        }
    }

    private void isTriedAgain() {
        since += ENTRIES_BETWEEN_TRIES - RaftSettings.ENTRIES_BEFORE_SNAPSHOT;
    }

    private void run(Database database, Run run) {
        if (!run.takesItsTurn()) {
            return;
        }
        try {
            leaveRoom(database);
            run.made().complete(make(database, run.ended()));
        } catch (IOException | RuntimeException failure) {
            if (!run.ended().get()) {
                LOG.error("no copy of the replica was made, another is tried later: {}", failure.getMessage());
            }
            run.made().completeExceptionally(failure);
        } finally {
            // Whoever waits for it must not do so for ever, whatever this thread has met.
            run.made().cancel(false);
        }
        if (!run.ended().get()) {
            over.run();
        }
    }

    private void leaveRoom(Database database) throws IOException {
        long needed = database.bytes() + ROOM_BESIDE_IT;
        long left = snapshots.room();
        if (left < needed) {
            throw new IOException(
                    "the disk has " + (left >> 20) + " MB left, and " + (needed >> 20) + " MB are needed: make room");
        }
    }

    /** The index of a copy that has been made since this was asked last; otherwise {@link RaftLog#INVALID_LOG_INDEX}. */
    synchronized long taken() {
        if (run.isEmpty() || !run.get().made().isDone()) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        CompletableFuture<TermIndex> made = run.get().made();
        run = Optional.empty();
        if (made.isCompletedExceptionally()) {
            isTriedAgain();
            return RaftLog.INVALID_LOG_INDEX;
        }
        snapshots.publish(made.join());
        return made.join().getIndex();
    }

    /**
     * Makes a copy of all that has been applied before it returns.
     *
     * @param database of what
     * @param reached what has been applied to it
     * @return the index of the copy
     * @throws IOException when none can be made
     */
    synchronized long now(Database database, TermIndex reached) throws IOException {
        end();
        if (reached.getIndex() < 0) {
            return reached.getIndex();
        }
        TermIndex made = snapshots.has(reached) ? reached : make(database, new AtomicBoolean());
        snapshots.publish(made);
        return made.getIndex();
    }

    private TermIndex make(Database database, AtomicBoolean ended) throws IOException {
        try {
            snapshots.deleteHalf();
            Place place = database.copyTo(snapshots.halfDatabase(), snapshots.halfChunks(), ended::get);
            TermIndex made = TermIndex.valueOf(place.term(), place.index());
            snapshots.made(made);
            return made;
        } catch (DamagedException | StoreFailedException failure) {
            // Ratis would ask again at once, for ever.
            throw new IOException(failure.getMessage(), failure);
        } finally {
            snapshots.deleteHalf();
        }
    }

    /** Nobody wants a copy any more, before {@link #startsAt}; nothing is made when this returns. */
    synchronized void end() {
        works = false;
        run.filter(last -> !last.takesItsTurn()).ifPresent(last -> {
            last.ended().set(true);
            var unused = last.made().handle((made, failure) -> made).join();
        });
        run = Optional.empty();
    }
}
