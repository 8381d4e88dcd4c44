package org.sipring.overlay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.RoleName;
import org.sipring.overlay.forming.Wish;
import org.sipring.testkit.TestCa;

/** Nodes n1, n2, ... on loopback addresses of their own, that can die and come back. */
final class TestPlatform implements AutoCloseable {
    static final String DOMAIN = "sipring.test";

    private final Map<Integer, TestNode> nodes = new HashMap<>();
    private final Path directory;
    private final TestCa ca;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final Map<Integer, TestIdentity> identities = new HashMap<>();

    TestPlatform(Path directory, int size) throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.ca = new TestCa(directory);
        for (int number = 1; number <= size; number++) {
            ca.node("n" + number, DOMAIN, "proxy");
            addresses.add(TestNode.free("127.0.0." + (30 + number)));
            identities.put(number, new TestIdentity(ca, "n" + number));
        }
    }

    TestCa ca() {
        return ca;
    }

    TestIdentity identity(int number) {
        return Objects.requireNonNull(identities.get(number));
    }

    InetSocketAddress address(int number) {
        return addresses.get(number - 1);
    }

    /** A node that has not started; DNS names the members given. */
    TestNode node(int number, Integer... published) {
        List<InetSocketAddress> seeds =
                List.of(published).stream().map(this::address).toList();
        TestNode node = new TestNode(
                identity(number),
                address(number),
                directory.resolve("n" + number),
                () -> Optional.of(seeds),
                Set.of(RoleName.PROXY));
        nodes.put(number, node);
        return node;
    }

    /** Bootstraps n1, then joins the others. */
    TestPlatform start() throws Exception {
        node(1).start(Wish.BOOTSTRAP);
        for (int number = 2; number <= addresses.size(); number++) {
            node(number, 1).start(Wish.JOIN);
        }
        for (TestNode node : nodes.values()) {
            node.seenOf(addresses.size());
        }
        return this;
    }

    TestNode running(int number) {
        return Objects.requireNonNull(nodes.get(number));
    }

    void kill(int number) {
        running(number).kill();
        nodes.remove(number);
    }

    /** All in the same moment. */
    void killAll() {
        nodes.values().parallelStream().forEach(TestNode::kill);
        nodes.clear();
    }

    @Override
    public void close() {
        nodes.values().forEach(TestNode::kill);
    }
}
