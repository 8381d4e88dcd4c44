package org.sipring.store.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.Refusal;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.Workers;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.mirror.MirrorServer;
import org.sipring.store.patience.Patience;
import org.sipring.store.watch.Applied;
import org.sipring.store.watch.Watchers;
import org.sipring.testkit.SimChance;

/** A group of real replicas in one process, over mutual TLS. The first one, {@code n1}, founds it. */
final class TestGroup implements AutoCloseable {
    static final UUID ID = UUID.nameUUIDFromBytes("test".getBytes(StandardCharsets.UTF_8));

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path dir;
    private final Authority ca;
    private final List<Seat> seats = new ArrayList<>();
    private final Rooms rooms = new Rooms();
    private final Ticker room = rooms.open("store");
    private final Workers workers = new Workers("store-closing");

    /** A node's place in the group; its replica may be closed and started again. */
    final class Seat {
        final Path folder;
        final IdentityFolder identity;
        final Watchers watchers = new Watchers();
        final Chance chance = new SimChance(seats.size());

        private final Replica.Site site;
        private Replica replica;

        private Seat(String node, UUID group, boolean founds) throws IOException, Refusal {
            folder = issue(ca, node, dir.resolve("identity-" + node));
            identity = IdentityFolder.load(folder, InstantSource.system());
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", freePort());
            site = new Replica.Site(dir.resolve(node), new NodeId(node), address, group, founds);
            replica = start(site, watchers);
        }

        private Replica start(Replica.Site at, Applied applied) throws IOException {
            return Replica.start(at, identity, chance, applied, ForkJoinPool.commonPool());
        }

        Replica replica() {
            return replica;
        }

        void restart() throws IOException {
            restart(watchers);
        }

        void restart(Applied applied) throws IOException {
            replica.close();
            replica = start(site, applied);
        }

        /** As a node whose disk is empty. */
        void restartEmpty() throws IOException {
            replica.close();
            Path empty = dir.resolve(site.node() + "-anew");
            replica = start(new Replica.Site(empty, site.node(), site.address(), ID, false), watchers);
        }

        /** Until it belongs to the group; the test's deadline is the limit. */
        void untilReadable() throws InterruptedException {
            while (replica.database().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        Submitter submitter() {
            return submitter(PATIENCE);
        }

        Submitter submitter(Duration patience) {
            return TestGroup.this.submitter(identity, patience);
        }

        RaftStore store(Submitter submitter) {
            return store(submitter, PATIENCE);
        }

        RaftStore store(Submitter submitter, Duration patience) {
            return new RaftStore(replica, submitter, watchers, chance, patience(patience), workers);
        }

        RaftStore store() {
            return store(submitter());
        }

        /** Its store, which also serves nodes that have no replica. */
        RaftStore serving(Submitter submitter, Overlay overlay, Ticker answers) {
            RaftStore store = store(submitter);
            MirrorServer server = MirrorServer.start(overlay, answers, chance);
            watchers.add(server);
            server.serve(store.source());
            return store;
        }

        Optional<String> digest() {
            return replica.database().map(database -> HexFormat.of().formatHex(database.digest()));
        }
    }

    TestGroup(Path dir) throws Exception {
        this.dir = dir;
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), new SimChance(1));
        seats.add(new Seat("n1", ID, true));
    }

    static Command put(String name) {
        byte[] value = name.getBytes(StandardCharsets.UTF_8);
        return new Command.Put(new RequestId(2, name.hashCode(), Instant.now()), new Key("accounts", name), value, 0);
    }

    /** Writes a document by whoever leads, asked from the first node. */
    void write(String name) throws IOException {
        write(name, PATIENCE);
    }

    void write(String name, Duration patience) throws IOException {
        try (Submitter submitter = seat(1).submitter(patience)) {
            await(submitter.submit(put(name)));
        }
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    static Path issue(Authority ca, String node, Path out) throws Refusal, IOException {
        ca.issue(new IssueRequest(node, List.of("proxy"), List.of("127.0.0.1"), IssueRequest.NODE_VALIDITY), out);
        return out;
    }

    // Free on all addresses: Ratis listens on them all.
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Submitter submitter(Identity identity, Duration patience) {
        return submitter(identity, patience, this::peers);
    }

    Submitter submitter(Identity identity, Duration patience, Supplier<List<Peer>> peers) {
        return new Submitter(ID, peers, identity, patience(patience), workers);
    }

    private Patience patience(Duration limit) {
        return new Patience(room, limit);
    }

    Authority ca() {
        return ca;
    }

    Seat seat(int number) {
        return seats.get(number - 1);
    }

    List<Seat> seats() {
        return List.copyOf(seats);
    }

    List<Peer> peers() {
        return replicas().stream().map(Replica::self).toList();
    }

    private List<Replica> replicas() {
        return seats.stream().map(Seat::replica).toList();
    }

    /** One more node, whose replica waits to be taken in. */
    Seat sit() throws IOException, Refusal {
        return sit(ID, false);
    }

    /** One more node, whose replica founds another group and knows nothing of this one. */
    Seat sitElsewhere() throws IOException, Refusal {
        return sit(new UUID(0, 1), true);
    }

    private Seat sit(UUID group, boolean founds) throws IOException, Refusal {
        Seat seat = new Seat("n" + (seats.size() + 1), group, founds);
        seats.add(seat);
        return seat;
    }

    /** Lets one more node join. */
    void grow() throws Exception {
        List<Peer> before = peers();
        Seat seat = sit();
        change(before, peers());
        seat.untilReadable();
    }

    /** Changes the group, by whoever leads it; again where that takes too long on a busy machine. */
    void change(List<Peer> from, List<Peer> to) throws Exception {
        boolean done = false;
        while (!done) {
            Replica leader = untilOneLeads();
            done = isMadeOf(to, leader) || isChanged(leader, from, to);
        }
    }

    private static boolean isMadeOf(List<Peer> peers, Replica leader) {
        return leader.leading()
                .filter(view -> Set.copyOf(view.peers()).equals(Set.copyOf(peers)))
                .isPresent();
    }

    private static boolean isChanged(Replica leader, List<Peer> from, List<Peer> to) {
        try {
            leader.change(from, to);
            return true;
        } catch (IOException unanswered) {
            return false;
        }
    }

    private Replica untilOneLeads() throws InterruptedException {
        Optional<Replica> leader = leader();
        while (leader.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
            leader = leader();
        }
        return leader.get();
    }

    private Optional<Replica> leader() {
        return seats.stream()
                .map(Seat::replica)
                .filter(replica -> replica.leading().isPresent())
                .findFirst();
    }

    // The last to apply has nothing to wait for but its turn; the test's deadline is the limit.
    void untilEqual() throws InterruptedException {
        while (seats.stream().map(Seat::digest).distinct().count() > 1) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        SideBySide.close(replicas());
        rooms.close();
        workers.close();
    }
}
