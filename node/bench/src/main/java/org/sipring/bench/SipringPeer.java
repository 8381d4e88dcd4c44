package org.sipring.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A platform of equal nodes, as {@code ./sipring demo --bench} starts it. */
final class SipringPeer implements Peer {
    private static final Duration START = Duration.ofMinutes(3);
    // What was answered over UDP is kept for 32 s, to answer repetitions (RFC 3261 section 17.2.2, Timer J).
    private static final int SETTLING_SECONDS = 36;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Path dir;
    private final Path files;
    private final Child demo;
    private final List<Node> nodes;

    private record Node(String id, String address, long pid) {
        static Node of(JsonNode node) {
            return new Node(
                    node.path("id").asText(),
                    node.path("address").asText(),
                    node.path("pid").asLong());
        }
    }

    private SipringPeer(Path dir, Path files, Child demo, List<Node> nodes) {
        this.dir = dir;
        this.files = files;
        this.demo = demo;
        this.nodes = nodes;
    }

    static SipringPeer start(Path root, Path dir, ServerSetup setup) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory(dir, "sipring");
        List<String> words = new ArrayList<>(
                List.of(root.resolve("sipring").toString(), "demo", "--bench", "--dir", files.toString()));
        words.addAll(List.of("--nodes", Integer.toString(setup.nodes())));
        if (setup.digest()) {
            words.add("--auth");
        }
        Child demo = Child.start(dir, files.getFileName().toString(), words);
        try {
            Path contract = files.resolve("demo.json");
            demo.await("the demo's nodes", START, () -> Files.exists(contract));
            List<Node> nodes = new ArrayList<>();
            new ObjectMapper().readTree(contract.toFile()).path("nodes").forEach(node -> nodes.add(Node.of(node)));
            return new SipringPeer(dir, files, demo, nodes);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            demo.close();
            throw failure;
        }
    }

    @Override
    public String name() {
        return nodes.size() == 1 ? "Sipring" : "Sipring, " + nodes.size() + " nodes";
    }

    @Override
    public boolean compiles() {
        return true;
    }

    @Override
    public String sip() {
        return sip(nodes.get(0));
    }

    @Override
    public String called() {
        return sip(nodes.get(nodes.size() - 1));
    }

    private static String sip(Node node) {
        return node.address + ":5060";
    }

    @Override
    public List<Long> pids() {
        return nodes.stream().map(Node::pid).toList();
    }

    /** Of the node that the load comes to. */
    @Override
    public List<Double> pauses() throws IOException {
        return Pauses.of(files.resolve("logs").resolve(nodes.get(0).id + "-gc.log"));
    }

    /** The live heap of the node that the load comes to, idle: counting its objects collects the garbage first. */
    @Override
    public long memory() throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        String histogram =
                Child.output(dir, "histogram", List.of("jcmd", Long.toString(nodes.get(0).pid), "GC.class_histogram"));
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException(
                    "jcmd told no heap: " + histogram.lines().limit(3).toList());
        }
        return Long.parseLong(total.group(1));
    }

    /** The certificate of the authority that its nodes prove themselves with. */
    Path authority() {
        return files.resolve("ca").resolve("ca.crt");
    }

    String address() {
        return nodes.get(0).address;
    }

    @Override
    public void close() {
        demo.close();
    }
}
