package org.sipring.store.raft;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;
import org.sipring.store.command.Key;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry;
import org.sipring.store.database.Entry.Place;

/**
 * Applies the log to the database, and gives copies of it to replicas that are far behind. Entries and snapshots come in
 * one thread of Ratis.
 */
final class ReplicaMachine extends BaseStateMachine {
    private static final CommandCodec COMMANDS = new CommandCodec();

    private final SimpleStateMachineStorage snapshots = new SimpleStateMachineStorage();
    private final Path file;
    private final Applied applied;
    private final Arrivals arrivals = new Arrivals();
    private volatile @Nullable Database database;

    /** Hears what has been applied, in Ratis' thread. */
    interface Applied {
        void changed(Key key);

        /** Everything may be different: another replica's copy has taken the database's place. */
        void replaced();
    }

    ReplicaMachine(Path file, Applied applied) {
        this.file = file;
        this.applied = applied;
    }

    /** What has been applied here. Empty before the start and while a copy takes its place. */
    Optional<Database> database() {
        return Optional.ofNullable(database);
    }

    /** Completes when the log has been applied here as far as an index. */
    CompletionStage<Void> applied(long index) {
        return arrivals.of(index);
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        getLifeCycle().startAndTransition(() -> {
            super.initialize(server, group, storage);
            snapshots.init(storage);
            open();
        });
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        closeDatabase();
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        closeDatabase();
        open();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
        applied.replaced();
    }

    // The newer of the two counts: the database itself, or a copy that another replica has sent.
    private void open() throws IOException {
        SingleFileSnapshotInfo copy = snapshots.loadLatestSnapshot();
        Database own = Database.open(file);
        if (copy != null && copy.getIndex() > own.place().index()) {
            own.close();
            replaceBy(copy.getFile().getPath());
            own = Database.open(file);
        }
        setLastAppliedTermIndex(
                TermIndex.valueOf(own.place().term(), own.place().index()));
        database = own;
        arrivals.reached(own.place().index());
    }

    private void replaceBy(Path copy) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(copy, whole, StandardCopyOption.REPLACE_EXISTING);
        for (String rest : List.of("-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + rest));
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void closeDatabase() {
        Database open = database;
        database = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
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
        Answer answer = apply(new Entry(new Place(entry.getTerm(), entry.getIndex()), Optional.of(command)));
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        if (answer.applied() && command instanceof Command.Change change) {
            applied.changed(change.key());
        }
        arrivals.reached(entry.getIndex());
        return CompletableFuture.completedFuture(message(answer));
    }

    private static Message message(Answer answer) {
        return Message.valueOf(UnsafeByteOperations.unsafeWrap(answer.bytes()));
    }

    private Answer apply(Entry entry) {
        return opened().apply(List.of(entry)).get(0);
    }

    private Database opened() {
        return database().orElseThrow(() -> new IllegalStateException("an entry came while the database was closed"));
    }

    // The log's own entries: a leader's first one, changes of the group.
    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        var unused = apply(new Entry(new Place(term, index), Optional.empty()));
        updateLastAppliedTermIndex(term, index);
        arrivals.reached(index);
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    @Override
    public long takeSnapshot() throws IOException {
        TermIndex last = getLastAppliedTermIndex();
        File target = snapshots.getSnapshotFile(last.getTerm(), last.getIndex());
        if (last.getIndex() >= 0 && !target.exists()) {
            Path whole = target.toPath().resolveSibling(target.getName() + ".tmp");
            Files.deleteIfExists(whole);
            opened().copyTo(whole);
            Files.move(whole, target.toPath(), StandardCopyOption.ATOMIC_MOVE);
            FileInfo info = new FileInfo(target.toPath(), MD5FileUtil.computeAndSaveMd5ForFile(target));
            snapshots.updateLatestSnapshot(new SingleFileSnapshotInfo(info, last));
        }
        return last.getIndex();
    }
}
