package org.sipring.store.raft;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.database.StoreFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@link Snapshots} of a database, one at a time, each after so many entries or bytes of large values, so that the
 * log before it can go. One of many documents takes seconds, for which no writer must wait: it is made beside the thread that
 * applies, and Ratis is told afterwards. Callable from any thread.
 */
final class Copying {
    private static final Logger LOG = LoggerFactory.getLogger(Copying.class);

    private static final long CHUNK_BYTES = 64L << 20;
    // After a failure: with each entry, a full disk would be filled again.
    private static final long ENTRIES_BETWEEN_TRIES = 1_000;
    // For the entries that come while a copy is made.
    private static final long BYTES_LEFT_FREE = 64L << 20;

    private final Snapshots snapshots;
    private final Executor beside;
    private final Runnable over;
    private Optional<Attempt> attempt = Optional.empty();
    private boolean works;
    private long lastAt = RaftLog.INVALID_LOG_INDEX;
    private long chunkBytes;

    /**
     * Makes none yet.
     *
     * @param beside threads that may be blocked for as long as a copy takes
     * @param over told when a copy has been made, or could not be: {@link #take} says which
     */
    Copying(Snapshots snapshots, Executor beside, Runnable over) {
        this.snapshots = snapshots;
        this.beside = beside;
        this.over = over;
    }

    /** Copies are made from now on; there is one as far as this, or nothing. */
    synchronized void startsAt(long index) {
        lastAt = index;
        works = true;
    }

    /** A chunk of a large value has been applied. */
    synchronized void chunk(int length) {
        chunkBytes += length;
    }

    /** Entries have been applied: begins a copy where one is due, and none is under way. */
    synchronized void reached(long index, Database database) {
        boolean due = index - lastAt >= RaftSettings.ENTRIES_BEFORE_SNAPSHOT || chunkBytes >= CHUNK_BYTES;
        boolean free = attempt.isEmpty() || attempt.get().made().isDone();
        if (works && due && free) {
            lastAt = index;
            chunkBytes = 0;
            begin(database);
        }
    }

    private void begin(Database database) {
        Attempt begun = new Attempt();
        try {
            beside.execute(() -> run(database, begun));
            attempt = Optional.of(begun);
        } catch (RejectedExecutionException end) {
            LOG.debug("no copy is begun now: {}", end.toString());
            tryAgainSoon();
        }
    }

    // As if the last one were so old that the next is due soon.
    private void tryAgainSoon() {
        lastAt += ENTRIES_BETWEEN_TRIES - RaftSettings.ENTRIES_BEFORE_SNAPSHOT;
    }

    private void run(Database database, Attempt begun) {
        if (!begun.runs()) {
            return;
        }
        try {
            checkRoom(database);
            begun.made().complete(make(database, begun::isUnwanted));
        } catch (IOException | RuntimeException failure) {
            if (!begun.isUnwanted()) {
                LOG.error("no copy of the replica was made, another is tried later: {}", failure.getMessage());
            }
            begun.made().completeExceptionally(failure);
        } finally {
            // Whoever waits for it must not do so for ever, whatever this thread has met.
            begun.made().cancel(false);
        }
        if (!begun.isUnwanted()) {
            over.run();
        }
    }

    private void checkRoom(Database database) throws IOException {
        long needed = database.bytes() + BYTES_LEFT_FREE;
        long left = snapshots.room();
        if (left < needed) {
            throw new IOException(
                    "the disk has " + (left >> 20) + " MB left, and " + (needed >> 20) + " MB are needed: make room");
        }
    }

    /**
     * Hands over a copy that is ready: Ratis may send it from now on.
     *
     * @return its index, once; otherwise {@link RaftLog#INVALID_LOG_INDEX}
     */
    synchronized long take() {
        if (attempt.isEmpty() || !attempt.get().made().isDone()) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        CompletableFuture<TermIndex> made = attempt.get().made();
        attempt = Optional.empty();
        if (made.isCompletedExceptionally()) {
            tryAgainSoon();
            return RaftLog.INVALID_LOG_INDEX;
        }
        snapshots.publish(made.join());
        return made.join().getIndex();
    }

    /**
     * Makes a copy of all that has been applied before it returns, and no other before {@link #startsAt}.
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
        TermIndex made = snapshots.has(reached) ? reached : make(database, () -> false);
        snapshots.publish(made);
        return made.getIndex();
    }

    private TermIndex make(Database database, BooleanSupplier unwanted) throws IOException {
        try {
            snapshots.deleteHalf();
            Place place = database.copyTo(snapshots.halfDatabase(), snapshots.halfChunks(), unwanted);
            TermIndex made = TermIndex.valueOf(place.term(), place.index());
            snapshots.made(made);
            return made;
        } catch (DamagedException | StoreFailedException failure) {
            // For anything else Ratis would ask again at once, for ever.
            throw new IOException(failure.getMessage(), failure);
        } finally {
            snapshots.deleteHalf();
        }
    }

    /** Gives up the copy that is under way, and makes none before {@link #startsAt}. Nobody works at one when this returns. */
    synchronized void end() {
        works = false;
        attempt.ifPresent(Attempt::giveUp);
        attempt = Optional.empty();
    }
}
