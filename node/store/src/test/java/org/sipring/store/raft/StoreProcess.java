package org.sipring.store.raft;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftPeer;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.certs.IdentityFolder;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.Workers;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.watch.Watchers;
import org.sipring.testkit.SimChance;

/**
 * A process that holds one replica and knows from the beginning where the others are, so that it can be killed. Each line of
 * its input is a number and a question, each line of its output that number and the answer; it ends with its input.
 */
public final class StoreProcess {
    /** The collection that is asked about. */
    public static final String COLLECTION = "chaos";

    /** Answers that there is none. */
    public static final String NONE = "none";

    /** Answers that a large value is there. */
    public static final String WRITTEN = "written";

    private static final int LARGE_BYTES = 1_500_000;
    private static final String FOUNDER = "n1";
    private static final String WHERE = "=";

    private static final int BLOCK = 4_096;

    private final StoreNode node;
    private final Path dir;
    private final PrintStream answers;

    private StoreProcess(StoreNode node, Path dir, PrintStream answers) {
        this.node = node;
        this.dir = dir;
        this.answers = answers;
    }

    /** As the command line has them. */
    private record Fixed(List<Peer> running) implements Nodes {
        @Override
        public int expected() {
            return running.size();
        }

        @Override
        public Optional<BigInteger> certificate(NodeId node) {
            return Optional.empty();
        }

        @Override
        public boolean isRevoked(BigInteger certificate) {
            return false;
        }
    }

    /**
     * Makes a replica's folder before its process is there, so that the others can be told its name.
     *
     * @param dir where
     * @param node the node's name
     * @param seed names the folder
     * @return how the others find it
     * @throws IOException when it cannot be made
     */
    public static String settle(Path dir, String node, long seed) throws IOException {
        ReplicaFolder folder = ReplicaFolder.in(dir, new SimChance(seed));
        return new ReplicaName(new NodeId(node), folder.name()) + WHERE + "127.0.0.1:" + TestGroup.freePort();
    }

    static Peer peer(String settled) {
        String[] parts = settled.split(WHERE, 2);
        return Peer.of(
                RaftPeer.newBuilder().setId(parts[0]).setAddress(parts[1]).build());
    }

    /**
     * Runs until its input ends.
     *
     * @param args the node's name, the folder of its replica, that of its identity; then all replicas, as {@link #settle} tells
     *     them
     * @throws Exception when it cannot start
     */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        List<Peer> peers = Stream.of(args).skip(3).map(StoreProcess::peer).toList();
        try (Rooms rooms = new Rooms();
                Workers workers = new Workers("closing");
                StoreNode node = start(args, new Fixed(peers), rooms, workers)) {
            new StoreProcess(node, Path.of(args[1]), answers)
                    .serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private static StoreNode start(String[] args, Fixed nodes, Rooms rooms, Workers workers) throws Exception {
        NodeId name = new NodeId(args[0]);
        InetSocketAddress address = nodes.running().stream()
                .filter(peer -> peer.node().equals(name))
                .map(Peer::address)
                .findFirst()
                .orElseThrow();
        return StoreNode.start(
                new Replica.Site(Path.of(args[1]), name, address, TestGroup.ID, args[0].equals(FOUNDER)),
                IdentityFolder.load(Path.of(args[2]), InstantSource.system()),
                // Seeded, its requests would bear the names of those that it made before it was killed.
                new SystemChance(),
                nodes,
                new StoreNode.House(rooms.open("answers"), rooms.open("chores"), workers, new Watchers()));
    }

    private void serve(BufferedReader questions) throws IOException {
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ", -1);
            var unused = CompletableFuture.completedStage(words)
                    .thenCompose(this::answer)
                    .exceptionally(failure -> "failed " + failure)
                    .thenAccept(answer -> answers.println(words[0] + ' ' + answer));
        }
    }

    private CompletionStage<String> answer(String... words) {
        return switch (words[1]) {
            case "leader" -> CompletableFuture.completedFuture(leader());
            case "digest" -> CompletableFuture.completedFuture(digest());
            case "old" -> CompletableFuture.completedFuture(read(words[2]));
            case "write" ->
                node.store().put(COLLECTION, words[2], new byte[] {1}, 0).thenApply(String::valueOf);
            case "trouble" -> CompletableFuture.completedFuture(node.trouble().orElse(NONE));
            case "fill" -> CompletableFuture.completedFuture(fill());
            case "free" -> CompletableFuture.completedFuture(free());
            case "read" -> node.store().catchUp().thenApply(done -> read(words[2]));
            case "large" -> writeLarge(Integer.parseInt(words[2]));
            case "has" -> node.store().catchUp().thenCompose(done -> has(Integer.parseInt(words[2])));
            default -> throw new IllegalArgumentException(words[1]);
        };
    }

    // A large value that its number tells, and a document that refers to it.
    private CompletionStage<String> writeLarge(int number) {
        RaftStore store = node.store();
        return store.write(large(number))
                .thenCompose(name -> store.put(COLLECTION, "large" + number, new byte[0], 0, Set.of(name)))
                .thenApply(put -> put instanceof LargeValues.Put.Written ? WRITTEN : String.valueOf(put));
    }

    private static byte[] large(int number) {
        return new SimChance(number).bytes(LARGE_BYTES);
    }

    private CompletionStage<String> has(int number) {
        LargeName name = node.store().get(COLLECTION, "large" + number).orElseThrow().refersTo().stream()
                .findFirst()
                .orElseThrow();
        return node.store()
                .read(name)
                .thenApply(value -> Arrays.equals(value.orElseThrow(), large(number)) ? WRITTEN : "another");
    }

    // Who leads, and how many are in the group.
    private String leader() {
        return node.keepers()
                .map(keepers -> keepers.leader().map(NodeId::value).orElse(NONE)
                        + ' '
                        + keepers.nodes().size())
                .orElse(NONE);
    }

    private String digest() {
        return node.replica()
                .database()
                .map(database -> HexFormat.of().formatHex(database.digest()))
                .orElse(NONE);
    }

    private Path ballast() {
        return dir.resolve("ballast");
    }

    // What the system says in the end is what the replica meets.
    private String fill() {
        try (FileChannel file = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (file.write(ByteBuffer.allocate(BLOCK)) > 0) {
                // Until there is no room.
            }
            return NONE;
        } catch (IOException full) {
            return String.valueOf(full.getMessage());
        }
    }

    private String free() {
        try {
            Files.delete(ballast());
            return NONE;
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private String read(String key) {
        return node.store().get(COLLECTION, key).map(StoreProcess::line).orElse(NONE);
    }

    private static String line(Store.Document document) {
        return document.revision() + " " + new String(document.value(), StandardCharsets.UTF_8);
    }
}
