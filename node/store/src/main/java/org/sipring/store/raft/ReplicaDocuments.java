package org.sipring.store.raft;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.jspecify.annotations.Nullable;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.database.StoreFailedException;

/**
 * What a replica keeps: the database that the log is applied to, and copies of it, by which the log becomes shorter and other
 * replicas catch up. It opens what the disk has left of them. The thread that applies writes it, any thread reads it.
 */
final class ReplicaDocuments {
    private final DocumentsFile file;
    private final Consumer<TermIndex> opening;
    private final Snapshots snapshots = new Snapshots();
    private final Copying copying;
    private final Arrivals arrivals = new Arrivals();
    private final Rebuilding rebuilding = new Rebuilding();
    private volatile @Nullable Database database;
    private volatile Optional<String> failure = Optional.empty();
    private volatile Optional<String> lastDamage = Optional.empty();
    private volatile boolean ends;
    // The last entry that Ratis has given, which after a restart may have been applied before.
    private long given = RaftLog.INVALID_LOG_INDEX;

    /**
     * Opens nothing yet.
     *
     * @param file where the database is
     * @param opening told how far a database has come that is opened, before anybody reads it
     * @param beside threads that may be blocked
     * @param copied told when {@link #takeSnapshot} would give a copy
     */
    ReplicaDocuments(DocumentsFile file, Consumer<TermIndex> opening, Executor beside, Runnable copied) {
        this.file = file;
        this.opening = opening;
        copying = new Copying(snapshots, beside, copied);
    }

    /**
     * The database. Empty before the start, for a moment while a copy takes its place, and while it is made anew, for then it
     * is older than what was read of it before.
     */
    Optional<Database> readable() {
        return rebuilding.isOver() ? Optional.ofNullable(database) : Optional.empty();
    }

    private Database opened() {
        return Optional.ofNullable(database)
                .orElseThrow(() -> new IllegalStateException("an entry came while the database was closed"));
    }

    /** What was found in the database that is not as it was written, also after its end. */
    Optional<String> damage() {
        return Optional.ofNullable(database).map(Database::damage).orElse(lastDamage);
    }

    /** Why the disk takes nothing more; then it is only read from, until {@link #end}. */
    Optional<String> failure() {
        return failure;
    }

    /** The disk takes nothing more. The first reason is the best one. */
    void fail(Throwable cause) {
        failure = failure.or(() -> Optional.of(String.valueOf(cause.getMessage())));
    }

    /** Completes when the log has been applied as far as an index. */
    CompletionStage<Void> arrival(long index) {
        return arrivals.of(index);
    }

    /** The copies, as Ratis sends them. */
    StateMachineStorage copies() {
        return snapshots;
    }

    /** Opens what the disk has, and lets the log go on from there; before Ratis reads the log. */
    void start(RaftStorage storage, RaftPeerId replica) throws IOException {
        RaftStorageDirectory folders = storage.getStorageDir();
        boolean dropped = DocumentsFile.dropDamaged(folders.getStateMachineDir());
        snapshots.init(storage);
        LogFiles files = new LogFiles(folders.getCurrentDir().toPath());
        TermIndex reached = open(files.hasHistory());
        boolean anew = file.isBeingMadeAnew();
        LogRepair log = LogRepair.of(files, new LogRepair.Reached(reached.getIndex(), anew), replica);
        if (log.needsCopy(copied()) || dropped) {
            var unused = copying.now(opened(), reached);
        }
        log.repair(file.keptLog());
        if (anew) {
            rebuilding.begin();
        } else {
            opened().large().sweep();
        }
        goOnBehind(copied());
    }

    private TermIndex open(boolean had) throws IOException {
        Database own = file.open(snapshots.load(), had);
        TermIndex reached = TermIndex.valueOf(own.place().term(), own.place().index());
        opening.accept(reached);
        database = own;
        arrivals.reached(reached.getIndex());
        return reached;
    }

    // How far the newest copy has come.
    private long copied() {
        return Optional.ofNullable(snapshots.getLatestSnapshot())
                .map(SnapshotInfo::getIndex)
                .orElse(RaftLog.INVALID_LOG_INDEX);
    }

    private void goOnBehind(long index) {
        given = index;
        copying.startsAt(index);
    }

    /** The log ends there; what is made anew was not further. */
    void logEnds(Place last) {
        rebuilding.endsAt(last);
    }

    /** Entries have been applied as far as that. Tells, once, that all is there again of what was made anew. */
    boolean becomesWhole(Place reached) {
        boolean whole = rebuilding.reached(reached);
        if (whole) {
            file.markWhole();
        }
        return whole;
    }

    /** Another replica's copy is about to replace the folder of ours. */
    void stopCopying() {
        copying.end();
    }

    /** Opens a copy that another replica has sent, in the database's place. */
    void takeUpCopy() throws IOException {
        end();
        lastDamage = Optional.empty();
        TermIndex reached = open(false);
        rebuilding.over();
        goOnBehind(reached.getIndex());
        file.markWhole();
        opened().large().sweep();
    }

    /** Applies an entry; where the database has it already, tells what came of it then. */
    List<Answer> apply(Entry entry) {
        try {
            List<Answer> answers = opened().apply(List.of(entry));
            if (entry.command().orElse(null) instanceof Command.Chunk chunk) {
                copying.chunk(chunk.bytes().length);
            }
            return answers;
        } catch (StoreFailedException full) {
            fail(full);
            throw full;
        }
    }

    /** Ratis has given an entry, and it is applied. */
    void given(long index) {
        given = index;
    }

    /** What was given can be read: whoever waits for it goes on. */
    void arrived() {
        arrivals.reached(given);
    }

    /** Begins a copy where one is due. */
    void copyWhenDue(TermIndex applied) {
        if (hasAll(applied)) {
            copying.reached(given, opened());
        }
    }

    // While Ratis gives what the database has already, it would not believe in a copy of that.
    private boolean hasAll(TermIndex applied) {
        return given >= applied.getIndex();
    }

    /** The replica is about to be closed: from now on {@link #takeSnapshot} makes a copy while Ratis waits. */
    void ends() {
        ends = true;
    }

    /**
     * Hands a copy over that is ready. A division that ends asks for a last one, perhaps after the database was closed.
     *
     * @param applied what Ratis believes to be in the database
     * @return how far it has come; otherwise {@link RaftLog#INVALID_LOG_INDEX}
     */
    long takeSnapshot(TermIndex applied) throws IOException {
        Database open = database;
        if (open == null || !hasAll(applied)) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        return ends ? copying.now(open, applied) : copying.take();
    }

    /** Closes the database, unless the disk is full: what is there can be read all the same. */
    void close() {
        if (failure.isEmpty()) {
            end();
        }
    }

    /** Closes the database, also where {@link #close} leaves it open to be read. */
    void end() {
        copying.end();
        Database open = database;
        if (open != null) {
            lastDamage = open.damage();
            database = null;
            open.close();
        }
    }
}
