package org.sipring.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that {@code ./sipring demo} has started.
 *
 * @param files the demo's folder
 * @param child the demo
 * @param nodes its nodes
 */
record DemoPlatform(Path files, Child child, List<Node> nodes) implements AutoCloseable {
    private static final int HTTP_PORT = 9464;
    private static final Duration START = Duration.ofMinutes(3);

    /**
     * A process of the demo.
     *
     * @param id the node's name
     * @param address its IP address
     * @param pid its process
     */
    record Node(String id, String address, long pid) {
        private static Node of(JsonNode node) {
            return new Node(
                    node.path("id").asText(),
                    node.path("address").asText(),
                    node.path("pid").asLong());
        }
    }

    static DemoPlatform start(Path root, Path dir, List<String> options) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory(dir, "sipring");
        List<String> words =
                new ArrayList<>(List.of(root.resolve("sipring").toString(), "demo", "--dir", files.toString()));
        words.addAll(options);
        Child child = Child.start(dir, files.getFileName().toString(), words);
        try {
            Path contract = files.resolve("demo.json");
            child.await("the demo's nodes", START, () -> Files.exists(contract));
            List<Node> nodes = new ArrayList<>();
            new ObjectMapper().readTree(contract.toFile()).path("nodes").forEach(node -> nodes.add(Node.of(node)));
            return new DemoPlatform(files, child, List.copyOf(nodes));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            child.close();
            throw failure;
        }
    }

    /** Waits until so many nodes keep the documents. */
    void untilKeptBy(int count) throws IOException, InterruptedException {
        URI status = URI.create("http://" + nodes.get(0).address() + ":" + HTTP_PORT + "/status");
        HttpRequest question = HttpRequest.newBuilder(status).build();
        HttpClient client = HttpClient.newHttpClient();
        child.await(count + " nodes that keep the documents", START, () -> keepers(client, question) >= count);
    }

    private static int keepers(HttpClient client, HttpRequest question) {
        try {
            String answer =
                    client.send(question, HttpResponse.BodyHandlers.ofString()).body();
            return new ObjectMapper()
                    .readTree(answer)
                    .path("store")
                    .path("keptBy")
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    List<Long> pids() {
        return nodes.stream().map(Node::pid).toList();
    }

    @Override
    public void close() {
        child.close();
    }
}
