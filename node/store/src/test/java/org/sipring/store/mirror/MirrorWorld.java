package org.sipring.store.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Store;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.patience.Patience;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimHost;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTime;

/** Three nodes with replicas and two with mirrors, in simulated time, over a network that a test treats as it likes. */
final class MirrorWorld {
    static final List<String> HOLDERS = List.of("r1", "r2", "r3");
    static final List<String> OTHERS = List.of("m1", "m2");
    static final Set<String> COLLECTIONS = Set.of("accounts", "policies");
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final SimTime time = new SimTime();
    final SimChance chance;
    final SimNetwork network;
    final SimGroup group;
    private final Map<String, SimGroup.Replica> replicas = new HashMap<>();
    private final Map<String, MirrorStore> mirrors = new HashMap<>();
    private final Map<String, Looking> looks = new HashMap<>();
    private final SimCluster cluster;
    private final Map<String, SimHost> hosts = new HashMap<>();
    private long requests;

    MirrorWorld(long seed) {
        chance = new SimChance(seed);
        network = new SimNetwork(chance.split());
        cluster = new SimCluster(time, network, chance.split());
        group = new SimGroup(chance.split());
        HOLDERS.forEach(name -> replicas.put(name, group.replica(time)));
        HOLDERS.forEach(this::hold);
        OTHERS.forEach(this::reflect);
        time.advance(Duration.ofSeconds(10));
    }

    static NodeId id(String name) {
        return new NodeId(name);
    }

    private SimNode start(String name) {
        SimNode node =
                cluster.start(new Member(id(name), "192.0.2.1", Set.of(), 100, "1", NodeState.JOINING, 1, 1, false));
        hosts.put(name, node.host());
        return node;
    }

    /** Starts a node that holds a replica, for the first time or again. */
    void hold(String name) {
        SimNode node = start(name);
        MirrorServer server = MirrorServer.start(node, node.host().ticker(), chance.split());
        SimGroup.Replica replica = replica(name);
        replica.tell(server);
        server.serve(replica);
    }

    private void reflect(String name) {
        SimNode node = start(name);
        Patience patience = new Patience(node.host().ticker(), PATIENCE);
        List<NodeId> best = HOLDERS.stream().map(MirrorWorld::id).toList();
        MirrorStore mirror = new MirrorStore(node, chance.split(), patience, () -> best);
        mirrors.put(name, mirror);
        looks.put(name, new Looking(mirror, group.history, COLLECTIONS));
        mirror.follow();
    }

    SimHost host(String name) {
        return Objects.requireNonNull(hosts.get(name));
    }

    SimGroup.Replica replica(String name) {
        return Objects.requireNonNull(replicas.get(name));
    }

    MirrorStore mirror(String name) {
        return Objects.requireNonNull(mirrors.get(name));
    }

    Looking look(String name) {
        return Objects.requireNonNull(looks.get(name));
    }

    static Key key(int number) {
        return new Key(number % 2 == 0 ? "accounts" : "policies", "key" + number);
    }

    /** Writes a document somewhere else. */
    void put(Key key, int length) {
        change(key, current -> new Command.Put(request(), key, chance.bytes(length), current));
    }

    /** Removes a document somewhere else. */
    void delete(Key key) {
        change(key, current -> new Command.Delete(request(), key, current));
    }

    private RequestId request() {
        return new RequestId(1, ++requests, Instant.EPOCH);
    }

    private void change(Key key, LongFunction<Command.Change> change) {
        long current = group.truth().get(key).map(Store.Document::revision).orElse(0L);
        group.append(change.apply(current));
    }

    /** Lets time pass until all mirrors have caught up, and looks whether everything is there. */
    void settle() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        mirrors.values().forEach(mirror -> all.add(mirror.catchUp().toCompletableFuture()));
        time.until(CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])));
        looks.values().forEach(look -> look.compare(group.truth()));
    }
}
