package org.sipring.store.raft;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sipring.api.LargeName;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.database.Database;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;
import org.sipring.store.mirror.Source;

/**
 * A node's replica, as mirrors on other nodes are served from it.
 *
 * @param replica the replica
 * @param changes asks the leader for a change, and waits for a while until it can be read here
 * @param catchingUp lets the replica catch up
 */
record ReplicaSource(
        Replica replica, Function<Command, CompletionStage<Answer>> changes, Supplier<CompletionStage<Void>> catchingUp)
        implements Source {
    @Override
    public Optional<Documents> documents() {
        return replica.database().map(Applied::new);
    }

    @Override
    public CompletionStage<Answer> submit(Command.Asked change) {
        return changes.apply(change);
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return catchingUp.get();
    }

    /** What has been applied. */
    private record Applied(Database database) implements Documents {
        @Override
        public Optional<Store.Document> get(Key key) {
            return database.get(key);
        }

        @Override
        public Optional<Manifest> manifest(LargeName name) {
            return database.large().manifest(name);
        }

        @Override
        public Optional<byte[]> chunk(ChunkName name) {
            return database.large().chunk(name);
        }

        @Override
        public List<Key> keys(Optional<Key> after, int most) {
            return database.keys(after, most);
        }
    }
}
