package org.sipring.store.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.MemoryStore;

final class GroupDocumentsTest {
    private static final ReplicaName N1 = name("n1", "first");
    private static final ReplicaName N2 = name("n2", "first");

    private final SlowStore store = new SlowStore();
    private final GroupDocuments documents = new GroupDocuments(store);

    private static ReplicaName name(String node, String folder) {
        return new ReplicaName(new NodeId(node), UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers changes when it is told to. */
    private static final class SlowStore implements Store {
        private final MemoryStore below = new MemoryStore();
        private final Queue<Runnable> changes = new ArrayDeque<>();
        private boolean open = true;

        void go() {
            while (!changes.isEmpty()) {
                changes.remove().run();
            }
        }

        @Override
        public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
            CompletableFuture<Optional<Long>> done = new CompletableFuture<>();
            changes.add(() -> done.complete(below.put(collection, key, value, expected)
                    .toCompletableFuture()
                    .join()));
            return done;
        }

        @Override
        public CompletionStage<Boolean> delete(String collection, String key, long expected) {
            return below.delete(collection, key, expected);
        }

        @Override
        public Optional<Document> get(String collection, String key) {
            return reading().get(collection, key);
        }

        @Override
        public List<Document> list(String collection, String prefix) {
            return reading().list(collection, prefix);
        }

        private Store reading() {
            if (!open) {
                throw new StoreNotOpenException("closed by the test");
            }
            return below;
        }

        @Override
        public CompletionStage<Void> catchUp() {
            return CompletableFuture.failedFuture(new TimeoutException("nobody asks for that"));
        }

        @Override
        public void watch(String collection, Watcher watcher) {
            below.watch(collection, watcher);
        }
    }

    private void order(ReplicaName replica) {
        documents.replace(replica);
        store.go();
    }

    private static List<Kept> kept(ReplicaName... voters) {
        return Arrays.stream(voters)
                .map(voter -> new Kept(voter, Optional.empty()))
                .toList();
    }

    private void update(ReplicaName... voters) {
        documents.update(kept(voters));
        store.go();
    }

    @Test
    void whoVotesIsKnownOnceTheLeaderHasWrittenIt() {
        assertThat(documents.voters()).isEmpty();

        update(N2, N1);
        assertThat(documents.voters()).containsExactly(N1, N2);

        update(N2);
        assertThat(documents.voters()).containsExactly(N2);
    }

    @Test
    void whoseCertificateWasKnownOnceIsKnownToLaterLeaders() {
        documents.update(List.of(new Kept(N1, Optional.of(BigInteger.TWO)), new Kept(N2, Optional.empty())));
        store.go();
        update(N1, N2);

        assertThat(documents.voters()).containsExactly(N1, N2);
        assertThat(documents.certificate(N1)).contains(BigInteger.TWO);
        assertThat(documents.certificate(N2)).isEmpty();
        assertThat(documents.certificate(name("n1", "second"))).isEmpty();

        documents.update(List.of(new Kept(N1, Optional.of(BigInteger.TEN))));
        store.go();
        assertThat(documents.certificate(N1)).contains(BigInteger.TEN);
    }

    @Test
    void nothingIsWrittenWhereNothingIsNew() {
        update(N1);
        documents.update(kept(N1));

        assertThat(store.changes).isEmpty();
    }

    @Test
    void anOrderStaysAsLongAsItsReplicaVotes() {
        order(N1);
        order(N1);
        update(N1, N2);
        assertThat(documents.unwanted()).containsExactly(N1);

        update(name("n1", "second"), N2);
        assertThat(documents.unwanted()).as("carried out once").isEmpty();
    }

    @Test
    void oneUpdateAtATimeIsUnderWay() {
        documents.update(kept(N1));
        documents.update(kept(N1, N2));
        assertThat(store.changes).hasSize(1);

        store.go();
        update(N1, N2);
        assertThat(documents.voters()).containsExactly(N1, N2);
    }

    @Test
    void aStoreThatCannotBeReadSaysNothingAndIsAskedAgain() {
        update(N1);
        order(N1);
        store.open = false;
        assertThat(documents.voters()).isEmpty();
        assertThat(documents.unwanted()).isEmpty();
        update(N2);

        store.open = true;
        update(N2);
        assertThat(documents.voters()).containsExactly(N2);
        assertThat(documents.unwanted()).isEmpty();
    }
}
