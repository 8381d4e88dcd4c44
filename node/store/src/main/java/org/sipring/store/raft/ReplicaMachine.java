package org.sipring.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.database.StoreFailedException;
import org.sipring.store.watch.Applied;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the log to the database, and gives copies of it to replicas that are far behind. Entries and snapshots come in
 * one thread of Ratis.
 */
final class ReplicaMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaMachine.class);
    private static final CommandCodec COMMANDS = new CommandCodec();

    private final Snapshots snapshots = new Snapshots();
    private final Copying copying;
    private final DocumentsFile file;
    private final Applied applied;
    private final Arrivals arrivals = new Arrivals();
    private final Membership membership = new Membership();
    private final Rebuilding rebuilding = new Rebuilding();
    private final SnapshotCall call = new SnapshotCall();
    private volatile @Nullable Database database;
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean ends;
    // The last entry that Ratis has given, which after a restart may have been applied before.
    private long given = RaftLog.INVALID_LOG_INDEX;

    /**
     * Over a file.
     *
     * @param applied hears of changes
     * @param beside threads that may be blocked
     */
    ReplicaMachine(Path file, Applied applied, Executor beside) {
        this.file = new DocumentsFile(file);
        this.applied = applied;
        copying = new Copying(snapshots, beside, () -> call.make(getServer().join(), getGroupId()));
    }

    /**
     * What has been applied here. Empty before the start, for a moment while a copy takes its place, and unless the replica
     * belongs to the group: what it has otherwise is nothing, or what was true long ago. So is what was damaged, until it has
     * been made anew.
     */
    Optional<Database> database() {
        return membership.isMember() && rebuilding.isOver() ? Optional.ofNullable(database) : Optional.empty();
    }

    /** What was found in the database that is not as it was written. */
    Optional<String> damage() {
        return Optional.ofNullable(database).flatMap(Database::damage);
    }

    /** Why the disk takes nothing more; then it is only read from, until {@link #end}. */
    Optional<String> failure() {
        return failure;
    }

    // The first reason is the best one.
    private void fail(Throwable cause) {
        failure = failure.or(() -> Optional.of(String.valueOf(cause.getMessage())));
    }

    // Ratis goes on as if nothing were: a leader counts on the others then.
    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        fail(new IOException("the log cannot be written: " + ReplicaServer.reason(cause)));
    }

    /** Completes when the log has been applied here as far as an index. */
    CompletionStage<Void> applied(long index) {
        return arrivals.of(index);
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        getLifeCycle().startAndTransition(() -> {
            super.initialize(server, group, storage);
            RaftStorageDirectory folders = storage.getStorageDir();
            boolean dropped = DocumentsFile.dropDamaged(folders.getStateMachineDir());
            snapshots.init(storage);
            LogFiles log = new LogFiles(folders.getCurrentDir().toPath());
            open(log.hasHistory());
            check(log, dropped);
            given = copied();
            copying.startsAt(given);
            RaftConfiguration conf = conf();
            membership.configured(
                    ReplicaServer.names(conf, server.getId()),
                    conf.getPreviousPeers().isEmpty(),
                    conf.getLogEntryIndex());
            var unused = membership.reached(getLastAppliedTermIndex().getIndex());
        });
    }

    // Before Ratis reads it.
    private void check(LogFiles files, boolean dropped) throws IOException {
        LogCheck log = LogCheck.of(files);
        long reached = opened().place().index();
        Optional<String> damage = damage(log, reached);
        if (damage.isPresent() && (file.isBeingMadeAnew() || log.last().index() > reached)) {
            throw new DamagedException(damage.get());
        }
        boolean behind = log.last().index() < reached;
        // Ratis would wait for what is between them for ever.
        boolean apart = log.first().filter(first -> first > copied() + 1).isPresent();
        if (dropped || damage.isPresent() || behind || apart) {
            var unused = copying.now(opened(), getLastAppliedTermIndex());
        }
        if (damage.isPresent()) {
            LOG.error("{}; the database has all that was in it: the log begins anew, the former is kept", damage.get());
            files.move(file.keptLog());
        } else if (behind) {
            // Ratis would go on in it with a gap.
            files.delete();
        } else {
            log.cut();
        }
        if (file.isBeingMadeAnew()) {
            rebuilding.begin();
        } else {
            opened().large().sweep();
        }
    }

    /** How far the newest copy has come. */
    private long copied() {
        return Optional.ofNullable(snapshots.getLatestSnapshot())
                .map(SnapshotInfo::getIndex)
                .orElse(RaftLog.INVALID_LOG_INDEX);
    }

    // What a damaged database had is known by a whole log alone.
    private Optional<String> damage(LogCheck log, long reached) {
        if (log.damage().isPresent()) {
            return log.damage();
        }
        boolean gap = log.first().filter(first -> first > reached + 1).isPresent();
        boolean cutShort = file.isBeingMadeAnew() && (log.first().isEmpty() || log.isTorn());
        long missing = log.isTorn() ? log.last().index() + 1 : reached + 1;
        return gap || cutShort
                ? Optional.of("the log of " + getId() + " is damaged: it has no entry " + missing
                        + ", with which it would go on behind what is left of the database")
                : Optional.empty();
    }

    /** The log has been read: it ends there; empty where it has no entries. */
    void logEnds(Optional<TermIndex> last) {
        rebuilding.endsAt(last.map(ReplicaMachine::place).orElse(Place.NONE));
        if (becomesWhole(place(getLastAppliedTermIndex()))) {
            applied.replaced();
        }
    }

    private boolean becomesWhole(Place reached) {
        boolean whole = rebuilding.reached(reached);
        if (whole) {
            file.markWhole();
        }
        return whole;
    }

    private static Place place(TermIndex entry) {
        return new Place(entry.getTerm(), entry.getIndex());
    }

    // Another replica's copy is about to come, and replaces the folder of ours. The thread that applies takes it up,
    // and goes
    // on until then.
    @Override
    public void pause() {
        copying.end();
        if (getLifeCycle().compareAndTransition(LifeCycle.State.RUNNING, LifeCycle.State.PAUSING)) {
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    @Override
    public void reinitialize() throws IOException {
        closeDatabase();
        open(false);
        rebuilding.over();
        given = getLastAppliedTermIndex().getIndex();
        copying.startsAt(given);
        file.markWhole();
        opened().large().sweep();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
        boolean begins = membership.reached(getLastAppliedTermIndex().getIndex());
        if (begins || membership.isMember()) {
            applied.replaced();
        }
    }

    private void open(boolean had) throws IOException {
        Database own = file.open(snapshots.load(), had);
        setLastAppliedTermIndex(
                TermIndex.valueOf(own.place().term(), own.place().index()));
        database = own;
        arrivals.reached(own.place().index());
    }

    // Whoever waits in front of the group is told nothing; once it belongs to it, everything is new.
    private void reached(long term, long index) {
        given = index;
        if (isNew(index)) {
            updateLastAppliedTermIndex(term, index);
        }
        boolean whole = becomesWhole(new Place(term, index));
        if (membership.reached(index) || whole) {
            applied.replaced();
        }
        arrivals.reached(index);
        if (hasAllThatWasApplied()) {
            copying.reached(index, opened());
        }
    }

    // While Ratis gives what the database has already, it would not believe in a copy of that.
    private boolean hasAllThatWasApplied() {
        return given >= getLastAppliedTermIndex().getIndex();
    }

    // After the end of a process Ratis goes on from the last snapshot, and the database from where it was.
    private boolean isNew(long index) {
        return index > getLastAppliedTermIndex().getIndex();
    }

    private void closeDatabase() {
        copying.end();
        Database open = database;
        database = null;
        if (open != null) {
            open.close();
        }
    }

    // By Ratis as well, where the disk is full: what is there can be read all the same.
    @Override
    public void close() {
        if (failure.isEmpty()) {
            closeDatabase();
        }
    }

    /** Closes the database too, where {@link #close} leaves it open to be read. */
    void end() {
        closeDatabase();
    }

    // What no replica can read must not enter the log: it would stop them all.
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        TransactionContext context = super.startTransaction(request);
        try {
            var unused = COMMANDS.decode(request.getMessage().getContent().toByteArray());
        } catch (IllegalArgumentException e) {
            // What is thrown here, the asker takes for a failure of the way, and asks again.
            context.setException(new StateMachineException(e.getMessage(), e));
        }
        return context;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        LogEntryProto entry = context.getLogEntry();
        Command command =
                COMMANDS.decode(entry.getStateMachineLogEntry().getLogData().toByteArray());
        List<Answer> answers = apply(new Entry(new Place(entry.getTerm(), entry.getIndex()), Optional.of(command)));
        if (isNew(entry.getIndex()) && membership.isMember()) {
            tell(command.changes(), answers);
        }
        if (command instanceof Command.Chunk chunk) {
            copying.chunk(chunk.bytes().length);
        }
        reached(entry.getTerm(), entry.getIndex());
        return CompletableFuture.completedFuture(message(answers));
    }

    private void tell(List<Command.Change> changes, List<Answer> answers) {
        for (int i = 0; i < changes.size(); i++) {
            if (answers.get(i).applied()) {
                applied.changed(changes.get(i).key());
            }
        }
    }

    private static Message message(List<Answer> answers) {
        return Message.valueOf(UnsafeByteOperations.unsafeWrap(Answer.bytes(answers)));
    }

    private List<Answer> apply(Entry entry) {
        try {
            return opened().apply(List.of(entry));
        } catch (StoreFailedException full) {
            fail(full);
            throw full;
        }
    }

    private Database opened() {
        return Optional.ofNullable(database)
                .orElseThrow(() -> new IllegalStateException("an entry came while the database was closed"));
    }

    // The log's own entries: a leader's first one, changes of the group.
    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        var unused = apply(new Entry(new Place(term, index), Optional.empty()));
        reached(term, index);
    }

    // Before it is applied: whoever leaves has applied nothing of what follows.
    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto conf) {
        boolean named = conf.getPeersList().stream()
                .anyMatch(peer -> RaftPeerId.valueOf(peer.getId()).equals(getId()));
        membership.configured(named, conf.getOldPeersCount() == 0, index);
    }

    // Only an election ends one division alone: those whom it asked have said that the group has gone on without it.
    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean all) {
        if (!all) {
            dismiss(conf().getLogEntryIndex());
        }
    }

    private RaftConfiguration conf() {
        try {
            return getServer().join().getDivision(getGroupId()).getRaftConf();
        } catch (IOException bug) {
            throw new UncheckedIOException(bug);
        }
    }

    void dismiss(long index) {
        membership.dismiss(index);
    }

    boolean isDismissed() {
        return membership.isDismissed();
    }

    boolean isTakenInAgain(long index) {
        return membership.isTakenInAgain(index);
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    /** It is about to be closed: from now on {@link #takeSnapshot} makes a copy while Ratis waits. */
    void ends() {
        ends = true;
    }

    // A division that ends is asked for a last one, perhaps after the database was closed.
    @Override
    public long takeSnapshot() throws IOException {
        Database open = database;
        if (open == null || !hasAllThatWasApplied()) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        return ends ? copying.now(open, getLastAppliedTermIndex()) : copying.take();
    }
}
