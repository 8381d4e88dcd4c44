package org.sipring.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;
import org.sipring.store.database.Database;
import org.sipring.store.database.Entry;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.watch.Applied;

/**
 * What Ratis asks of a replica: it applies the log to the {@link ReplicaDocuments}, tells what has changed in them, and reads
 * in the log whether the replica belongs to its group. Entries and snapshots come in one thread of Ratis.
 */
final class ReplicaMachine extends BaseStateMachine {
    private static final CommandCodec COMMANDS = new CommandCodec();

    private final ReplicaDocuments documents;
    private final Applied applied;
    private final Followers followers = new Followers();
    private final Membership membership = new Membership();
    private final SnapshotCall call = new SnapshotCall();
    private final Halt halt;

    /**
     * Over a file.
     *
     * @param applied hears of changes
     * @param beside threads that may be blocked
     */
    ReplicaMachine(Path file, Applied applied, Executor beside) {
        this.applied = applied;
        documents = new ReplicaDocuments(
                new DocumentsFile(file),
                this::setLastAppliedTermIndex,
                beside,
                () -> call.make(getServer().join(), getGroupId()));
        halt = new Halt(() -> division().close(), beside);
    }

    /**
     * What has been applied here. Empty unless the replica belongs to the group: what it has otherwise is nothing, or what was
     * true long ago.
     */
    Optional<Database> database() {
        return membership.isMember() ? documents.readable() : Optional.empty();
    }

    ReplicaDocuments documents() {
        return documents;
    }

    // Ratis goes on as if nothing were: a leader counts on the others then.
    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        documents.fail(new IOException("the log cannot be written: " + ReplicaServer.reason(cause)));
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        getLifeCycle().startAndTransition(() -> {
            super.initialize(server, group, storage);
            documents.start(storage, server.getId());
            RaftConfiguration conf = conf();
            membership.configured(
                    ReplicaServer.names(conf, server.getId()),
                    conf.getPreviousPeers().isEmpty(),
                    conf.getLogEntryIndex());
            var unused = membership.reached(getLastAppliedTermIndex().getIndex());
        });
    }

    /** The log has been read: it ends there; empty where it has no entries. */
    void logEnds(Optional<TermIndex> last) {
        documents.logEnds(last.map(ReplicaMachine::place).orElse(Place.NONE));
        if (documents.becomesWhole(place(getLastAppliedTermIndex()))) {
            applied.replaced();
        }
    }

    private static Place place(TermIndex entry) {
        return new Place(entry.getTerm(), entry.getIndex());
    }

    // Another replica's copy is about to come, and replaces the folder of ours. Until the thread that applies takes it
    // up, it goes on.
    @Override
    public void pause() {
        documents.stopCopying();
        if (getLifeCycle().compareAndTransition(LifeCycle.State.RUNNING, LifeCycle.State.PAUSING)) {
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    @Override
    public void reinitialize() throws IOException {
        try {
            documents.takeUpCopy();
        } catch (IOException | RuntimeException failure) {
            if (documents.copies().getLatestSnapshot() == null) {
                // Ratis would fail for that, while the division is being closed.
                throw failure;
            }
            halt.because(failure);
            return;
        }
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
        boolean begins = membership.reached(getLastAppliedTermIndex().getIndex());
        if (begins || membership.isMember()) {
            applied.replaced();
        }
    }

    // Whoever waits in front of the group is told nothing; once it belongs to it, everything is new.
    private void reached(Place place) {
        documents.given(place.index());
        if (isNew(place.index())) {
            updateLastAppliedTermIndex(place.term(), place.index());
        }
        boolean whole = documents.becomesWhole(place);
        if (membership.reached(place.index()) || whole) {
            applied.replaced();
        }
        documents.arrived();
        followers.lookAgain();
        documents.copyWhenDue(getLastAppliedTermIndex());
    }

    // After the end of a process Ratis goes on from the last snapshot, and the database from where it was.
    private boolean isNew(long index) {
        return index > getLastAppliedTermIndex().getIndex();
    }

    // By Ratis as well, where the disk is full: what is there can be read all the same.
    @Override
    public void close() {
        documents.close();
    }

    // What no replica can read must not enter the log: it would stop them all.
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        TransactionContext context = super.startTransaction(request);
        try {
            var unused = COMMANDS.decode(request.getMessage().getContent().toByteArray());
        } catch (IllegalArgumentException e) {
            // What is thrown here, the asker takes for a failure of the way, and asks again.
            context.setException(e);
        }
        return context;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        LogEntryProto entry = context.getLogEntry();
        Command command =
                COMMANDS.decode(entry.getStateMachineLogEntry().getLogData().toByteArray());
        return halt.unless(() -> message(apply(place(TermIndex.valueOf(entry)), command)));
    }

    private List<Answer> apply(Place place, Command command) {
        List<Answer> answers = documents.apply(new Entry(place, Optional.of(command)));
        if (isNew(place.index()) && membership.isMember()) {
            tell(command.changes(), answers);
        }
        reached(place);
        return answers;
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

    // The log's own entries: a leader's first one, changes of the group.
    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        Place place = new Place(term, index);
        var unused = halt.unless(() -> {
            List<Answer> none = documents.apply(new Entry(place, Optional.empty()));
            reached(place);
            return none;
        });
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
        return division().getRaftConf();
    }

    private RaftServer.Division division() {
        try {
            return getServer().join().getDivision(getGroupId());
        } catch (IOException bug) {
            throw new UncheckedIOException(bug);
        }
    }

    /** Those to whom it sends the log. */
    Followers followers() {
        return followers;
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        followers.clear();
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
        return documents.copies();
    }

    @Override
    public long takeSnapshot() throws IOException {
        return documents.takeSnapshot(getLastAppliedTermIndex());
    }
}
