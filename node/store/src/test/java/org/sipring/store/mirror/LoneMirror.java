package org.sipring.store.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Store;
import org.sipring.store.patience.Patience;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** A mirror of one replica. Lets time pass until a change has been made, since a contract waits where no time passes. */
final class LoneMirror implements Store, LargeValues {
    private final SimTime time = new SimTime();
    private final SimChance chance = new SimChance(1);
    private final SimGroup group = new SimGroup(chance);
    private final SimOverlay here = overlay("n1");
    private final SimOverlay there = overlay("n2");
    private final MirrorStore mirror = new MirrorStore(
            here, chance, new Patience(time.ticker(), Duration.ofSeconds(10)), () -> List.of(there.self()));

    LoneMirror() {
        here.connect(there);
        here.show(member(here), member(there));
        MirrorServer server = MirrorServer.start(there, time.ticker(), chance);
        SimGroup.Replica replica = group.replica(time);
        replica.tell(server);
        server.serve(replica);
        mirror.follow();
        time.settle();
    }

    private SimOverlay overlay(String name) {
        return new SimOverlay(new NodeId(name), time.ticker());
    }

    private static Member member(SimOverlay overlay) {
        return new Member(overlay.self(), "192.0.2.1", Set.of(), 100, "1", NodeState.READY, 1, 1, false);
    }

    private <T> CompletionStage<T> over(CompletionStage<T> stage) {
        return CompletableFuture.completedStage(time.until(stage));
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        return mirror.get(collection, key);
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return over(mirror.put(collection, key, value, expected));
    }

    @Override
    public CompletionStage<Put> put(
            String collection, String key, byte[] value, long expected, Set<LargeName> refersTo) {
        return over(mirror.put(collection, key, value, expected, refersTo));
    }

    @Override
    public CompletionStage<LargeName> write(byte[] content) {
        return over(mirror.write(content));
    }

    @Override
    public CompletionStage<Optional<byte[]>> read(LargeName name) {
        return over(mirror.read(name));
    }

    void sweep() {
        group.sweep();
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return over(mirror.delete(collection, key, expected));
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return mirror.list(collection, prefix);
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return over(mirror.catchUp());
    }

    @Override
    public List<Document> page(String collection, String prefix, String after, int most) {
        return mirror.page(collection, prefix, after, most);
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        mirror.watch(collection, watcher);
    }
}
