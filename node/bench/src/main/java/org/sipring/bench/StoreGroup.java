package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sipring.certs.Authority;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.Refusal;
import org.sipring.overlay.forming.Wish;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;

/** A platform of nodes that have the store and nothing else, which grows. One thread's. */
final class StoreGroup implements AutoCloseable {
    private static final String FIRST = address(0);

    private final Path dir;
    private final Authority ca;
    private final List<StoreChild> nodes = new ArrayList<>();

    StoreGroup(Path dir) throws IOException, Refusal {
        this.dir = Files.createDirectories(dir);
        ca = Authority.init("bench.local", dir.resolve("store-ca"), SystemTime.clock(), new SystemChance());
    }

    private static String address(int number) {
        return "127.0.0." + (11 + number);
    }

    /** So many nodes with replicas; the group takes them in by itself. */
    void keepers(int count) throws IOException, Refusal {
        while (nodes.size() < count) {
            start(true);
        }
    }

    /** One more node, which follows a replica; returns when it has all documents. */
    void mirror() throws IOException, InterruptedException, Refusal {
        start(false).await("readable", "true"::equals);
    }

    private StoreChild start(boolean keeps) throws IOException, Refusal {
        String name = "n" + (nodes.size() + 1);
        String address = address(nodes.size());
        Path identity = dir.resolve("store-" + name);
        ca.issue(new IssueRequest(name, List.of("*"), List.of(address), IssueRequest.NODE_VALIDITY), identity);
        Wish wish = nodes.isEmpty() ? Wish.BOOTSTRAP : Wish.JOIN;
        StoreChild child = StoreChild.start(
                dir,
                name,
                new StoreNodeHouse.Site(identity, identity.resolve("data"), address, keeps, wish, FIRST),
                StoreChild.HEAP);
        nodes.add(child);
        return child;
    }

    List<StoreChild> nodes() {
        return List.copyOf(nodes);
    }

    /** The node that leads so many. */
    StoreChild leader(int replicas) throws IOException, InterruptedException {
        String leader = nodes.get(0)
                .await("keepers", words -> words.startsWith(replicas + " ") && !words.endsWith("nobody"))
                .split(" ", -1)[1];
        return nodes.get(Integer.parseInt(leader.substring(1)) - 1);
    }

    List<Long> pids() {
        return nodes.stream().map(StoreChild::pid).toList();
    }

    @Override
    public void close() throws IOException {
        for (int number = nodes.size() - 1; number >= 0; number--) {
            nodes.get(number).close();
        }
    }
}
