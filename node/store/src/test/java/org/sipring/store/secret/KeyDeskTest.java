package org.sipring.store.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Chance;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.sipring.certs.Authority;
import org.sipring.store.MemoryStore;
import org.sipring.store.archive.WholeStore;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** How nodes get the platform's keys from each other. */
final class KeyDeskTest {
    private static final byte[] HASH = "939e7578ed9e3c518a452acee763bce9".getBytes(StandardCharsets.US_ASCII);
    private static final Duration A_MOMENT = Duration.ofSeconds(3);

    private final SimTime time = new SimTime();
    private final MemoryStore disk = new MemoryStore();
    private final Chance chance = new SimChance(7);

    @TempDir
    private Path dir = Path.of("");

    private boolean closed;
    private Authority ca;
    private Node first;
    private Node second;

    /** A node, which may be started again with the envelopes that it has. */
    private final class Node {
        final Keyholder holder;
        final SimOverlay overlay;
        final Member member;
        final Secrets secrets;
        final KeyDesk desk;

        Node(Keyholder holder, String name, int rank) {
            NodeId id = new NodeId(name);
            this.holder = holder;
            overlay = new SimOverlay(id, time.ticker());
            member = new Member(id, "192.0.2." + rank, Set.of(), 100, "1", NodeState.READY, 1, rank, false);
            secrets = new Secrets(store(), holder.envelopes(), id, chance);
            desk = new KeyDesk(secrets, holder.envelopes(), store(), overlay, time.ticker());
        }

        Store accounts() {
            return secrets.sealing(Set.of("accounts"));
        }
    }

    // The documents, which sometimes cannot be read.
    private WholeStore store() {
        InvocationHandler handler = (self, method, arguments) -> {
            if (closed && method.getName().equals("get")) {
                throw new StoreNotOpenException("closed by the test");
            }
            return method.invoke(disk, arguments);
        };
        Class<?>[] type = {WholeStore.class};
        return (WholeStore) Proxy.newProxyInstance(WholeStore.class.getClassLoader(), type, handler);
    }

    private Keyholder holder(String name) throws Exception {
        return new Keyholder(ca, dir, new NodeId(name));
    }

    private void meet(Node... nodes) {
        Member[] members = Arrays.stream(nodes).map(node -> node.member).toArray(Member[]::new);
        for (Node node : nodes) {
            for (Node other : nodes) {
                if (node != other) {
                    node.overlay.connect(other.overlay);
                }
            }
            node.overlay.show(members);
        }
    }

    @BeforeEach
    void found() throws Exception {
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), chance);
        first = new Node(holder("n1"), "n1", 1);
        second = new Node(holder("n2"), "n2", 2);
        meet(first, second);
        first.desk.start(true);
        time.advance(A_MOMENT);
        first.accounts().put("accounts", "alice", HASH, 0).toCompletableFuture().join();
    }

    private void opens(Node node) {
        time.advance(A_MOMENT);
        assertThat(node.desk.isOpen()).isTrue();
        assertThat(node.accounts().get("accounts", "alice"))
                .hasValueSatisfying(document -> assertThat(document.value()).isEqualTo(HASH));
    }

    @Test
    void whoFoundsThePlatformMakesTheFirstKeyOnce() {
        opens(first);
        int envelopes = disk.list("platform-keys", "").size();
        Node again = new Node(first.holder, "n1", 1);
        again.desk.start(true);

        opens(again);
        assertThat(disk.list("platform-keys", "")).hasSize(envelopes).hasSize(1);
    }

    @Test
    void whoHasNoEnvelopeAsksForOne() {
        second.desk.start(false);

        opens(second);
    }

    @Test
    void itAsksUntilSomebodyHasTheKeys() throws Exception {
        Node third = new Node(holder("n3"), "n3", 3);
        Node restarted = new Node(first.holder, "n1", 1);
        meet(second, third, restarted);
        second.desk.start(false);
        third.desk.start(false);
        time.advance(Duration.ofMinutes(1));
        assertThat(second.desk.isOpen() || third.desk.isOpen()).isFalse();
        restarted.desk.start(true);

        opens(second);
        opens(third);
    }

    @Test
    void nobodyGetsThemWithTheCertificateOfAnother() throws Exception {
        Node impostor = new Node(holder("n9"), "n2", 2);
        meet(first, impostor);
        impostor.desk.start(false);
        time.advance(Duration.ofMinutes(1));

        assertThat(impostor.desk.isOpen()).isFalse();
        assertThat(disk.list("platform-keys", "")).hasSize(1);
    }

    @Test
    void whoIsRenewedWhileItRunsNeedsItsFormerKeyNoLonger() throws Exception {
        first.holder.renew(ca);
        assertThat(first.holder.envelopes().isRenewed()).isTrue();
        first.desk.renew();
        time.advance(A_MOMENT);
        assertThat(first.holder.envelopes().isRenewed()).isFalse();

        Node again = new Node(first.holder, "n1", 1);
        again.desk.start(true);
        opens(again);
    }

    @Test
    void itTriesAgainWhereTheStoreCannotBeReadWhenItIsRenewed() throws Exception {
        first.holder.renew(ca);
        closed = true;
        first.desk.renew();
        time.advance(A_MOMENT);
        assertThat(first.holder.envelopes().isRenewed()).isTrue();
        closed = false;
        time.advance(Duration.ofMinutes(1));
        assertThat(first.holder.envelopes().isRenewed()).isFalse();
    }

    @Test
    void whoIsRenewedWhileItIsOffNeedsItsFormerKeyOnce() throws Exception {
        first.holder.renew(ca);
        Node again = new Node(first.holder, "n1", 1);
        again.desk.start(true);

        opens(again);
        assertThat(first.holder.envelopes().isRenewed()).isFalse();
    }
}
