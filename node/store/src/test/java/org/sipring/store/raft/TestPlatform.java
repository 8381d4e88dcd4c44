package org.sipring.store.raft;

import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.Refusal;
import org.sipring.runtime.Rooms;
import org.sipring.store.patience.Patience;
import org.sipring.store.watch.Watchers;
import org.sipring.testkit.SimChance;

/** Nodes of a platform in one process, over mutual TLS, that nobody commands. The first one, {@code n1}, founds the group. */
final class TestPlatform implements Nodes, AutoCloseable {
    static final GroupKeeper.Grace PATIENCE = new GroupKeeper.Grace(Duration.ofSeconds(6), Duration.ofSeconds(6));
    private static final UUID ID = UUID.nameUUIDFromBytes("test".getBytes(StandardCharsets.UTF_8));

    private final Path dir;
    private final GroupKeeper.Grace grace;
    private final Authority ca;
    private final Map<String, House> houses = new ConcurrentSkipListMap<>();
    private final Map<NodeId, BigInteger> told = new ConcurrentHashMap<>();
    private final Set<NodeId> removed = ConcurrentHashMap.newKeySet();
    // Those that may hold a replica and do not run here.
    private volatile int others;

    /** A node's machine: it may run or not. */
    private final class House {
        final String name;
        final IdentityFolder identity;
        final Chance chance = new SimChance(houses.size());
        Path folder;
        InetSocketAddress address = address();
        Rooms rooms = new Rooms();
        volatile Optional<StoreNode> node = Optional.empty();

        House(String name) throws IOException, Refusal {
            this.name = name;
            folder = dir.resolve(name);
            identity = IdentityFolder.load(
                    TestGroup.issue(ca, name, dir.resolve("identity-" + name)), InstantSource.system());
        }

        void start() throws IOException {
            told.put(new NodeId(name), identity.serial());
            Replica.Site site = new Replica.Site(folder, new NodeId(name), address, ID, name.equals("n1"));
            rooms = new Rooms();
            StoreNode.House house = new StoreNode.House(
                    rooms.open("answers-" + name), rooms.open("store-" + name), Runnable::run, new Watchers());
            node = Optional.of(
                    StoreNode.start(site, identity, chance, new StoreNode.Care(TestPlatform.this, grace), house));
        }

        void stop() throws IOException {
            Optional<StoreNode> running = node;
            node = Optional.empty();
            if (running.isPresent()) {
                running.get().close();
            }
            rooms.close();
        }

        Submitter submitter(Duration patience) {
            Patience asking = new Patience(rooms.open("ask-" + name), patience);
            return new Submitter(ID, TestPlatform.this::running, identity, asking, Runnable::run);
        }
    }

    TestPlatform(Path dir) throws Exception {
        this(dir, PATIENCE);
    }

    TestPlatform(Path dir, GroupKeeper.Grace grace) throws Exception {
        this.dir = dir;
        this.grace = grace;
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), new SimChance(1));
    }

    private static InetSocketAddress address() throws IOException {
        return new InetSocketAddress("127.0.0.1", TestGroup.freePort());
    }

    @Override
    public List<Peer> running() {
        return houses.values().stream()
                .flatMap(house -> house.node.stream())
                .map(StoreNode::self)
                .toList();
    }

    @Override
    public int expected() {
        return houses.size() + others - removed.size();
    }

    @Override
    public Optional<BigInteger> certificate(NodeId node) {
        return Optional.ofNullable(told.get(node));
    }

    @Override
    public boolean isRevoked(BigInteger certificate) {
        return removed.stream()
                .anyMatch(node -> house(node.value()).identity.serial().equals(certificate));
    }

    private House house(String name) {
        return Optional.ofNullable(houses.get(name)).orElseThrow();
    }

    void start(String... names) throws Exception {
        for (String name : names) {
            House house = new House(name);
            houses.put(name, house);
            house.start();
        }
    }

    /** From now on those who run know nothing of the others, as if they had begun since. */
    void hearAnew() {
        houses.values().stream()
                .filter(house -> house.node.isEmpty())
                .map(house -> new NodeId(house.name))
                .forEach(told::remove);
    }

    /** How many nodes more there are, which do not run here. */
    void others(int count) {
        others = count;
    }

    void kill(String name) throws IOException {
        house(name).stop();
    }

    void restart(String name) throws IOException {
        house(name).stop();
        house(name).start();
    }

    /** As a node whose disk has lost files of one kind while it was off. */
    void restartWithout(String name, String kind) throws IOException {
        house(name).stop();
        for (Path file : Disk.all(folder(name), kind)) {
            Files.delete(file);
        }
        house(name).start();
    }

    void restartElsewhere(String name) throws IOException {
        house(name).stop();
        house(name).address = address();
        house(name).start();
    }

    void restartEmpty(String name) throws IOException {
        house(name).stop();
        house(name).folder = dir.resolve(name + "-anew");
        house(name).start();
    }

    /** Takes a node out of the platform for good. */
    void forget(String name) {
        removed.add(new NodeId(name));
    }

    StoreNode node(String name) {
        return house(name).node.orElseThrow();
    }

    Replica replica(String name) {
        return node(name).replica();
    }

    InetSocketAddress address(String name) {
        return house(name).address;
    }

    Path folder(String name) {
        return house(name).folder;
    }

    Submitter submitter(String name) {
        return submitter(name, Duration.ofSeconds(10));
    }

    Submitter submitter(String name, Duration patience) {
        return house(name).submitter(patience);
    }

    private List<StoreNode> nodes() {
        return houses.values().stream().flatMap(house -> house.node.stream()).toList();
    }

    /** Who is in the group, as its leader says. */
    List<String> keepers() {
        return nodes().stream()
                .flatMap(node -> node.replica().leading().stream())
                .flatMap(view -> view.peers().stream())
                .map(peer -> peer.node().value())
                .sorted()
                .toList();
    }

    /** The test's deadline is the limit. */
    void untilKeptBy(String... names) throws InterruptedException {
        while (!keepers().equals(List.of(names))) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Until each of them has what the others have. */
    void untilEqual(String... names) throws InterruptedException {
        while (!areEqual(List.of(names))) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean areEqual(List<String> names) {
        Set<Optional<String>> digests = names.stream().map(this::digest).collect(Collectors.toSet());
        return digests.size() == 1 && digests.stream().allMatch(Optional::isPresent);
    }

    private Optional<String> digest(String name) {
        return house(name).node.flatMap(node -> node.replica().database()).map(database -> HexFormat.of()
                .formatHex(database.digest()));
    }

    /** Writes a document, asked of a node. */
    void write(String name, String key) throws IOException {
        try (Submitter submitter = submitter(name)) {
            await(submitter.submit(TestGroup.put(key)));
        }
    }

    @Override
    public void close() {
        SideBySide.close(houses.values().stream()
                .map(house -> (AutoCloseable) house::stop)
                .toList());
    }
}
