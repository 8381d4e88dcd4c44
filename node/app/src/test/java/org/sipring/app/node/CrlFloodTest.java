package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.certs.Authority;
import org.sipring.certs.CrlTaken;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTime;

/** Real identity folders on a simulated overlay. */
final class CrlFloodTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final SimTime time = new SimTime();
    private final SimNetwork network = new SimNetwork(new SimChance(1));
    private final SimCluster cluster = new SimCluster(time, network, new SimChance(2));
    private Authority authority;
    private IdentityFolder one;
    private IdentityFolder other;

    @BeforeEach
    void twoNodes() throws Exception {
        authority = Authority.init("sipring.test", folder.resolve("ca"), CLOCK, new SimChance(3));
        issue("stolen");
        one = start("n1");
        other = start("n2");
    }

    @Test
    void aNewListReachesTheOthers() throws Exception {
        revokeAtOne();
        time.advance(A_MOMENT);

        assertThat(other.crl()).isEqualTo(one.crl());
    }

    @Test
    void aNewcomerIsTold() throws Exception {
        revokeAtOne();
        IdentityFolder newcomer = start("n3");

        assertThat(newcomer.crl()).isEqualTo(one.crl());
    }

    @Test
    void aLostMessageIsMadeUpForWithoutAnyChange() throws Exception {
        network.cut(new NodeId("n1"), new NodeId("n2"));
        revokeAtOne();
        time.advance(Duration.ofSeconds(1));
        network.mend();
        time.advance(A_MOMENT);
        assertThat(other.crl()).as("nobody tells it at once").isNotEqualTo(one.crl());

        time.advance(Duration.ofSeconds(30));
        assertThat(other.crl()).isEqualTo(one.crl());
    }

    private void revokeAtOne() throws Exception {
        byte[] list = Files.readAllBytes(authority.revoke("stolen").crl());
        assertThat(one.takeCrl(list)).isEqualTo(CrlTaken.NEWER);
    }

    private IdentityFolder start(String name) throws Exception {
        IdentityFolder identity = IdentityFolder.load(issue(name), CLOCK);
        SimNode node = cluster.start(new Member(
                new NodeId(name), "192.0.2.1", Set.of(RoleName.PROXY), 100, "test", NodeState.JOINING, 0, 0, false));
        new CrlFlood(identity, node, node.host().ticker()).start();
        time.advance(Duration.ofSeconds(10));
        return identity;
    }

    private Path issue(String name) throws Exception {
        Path home = folder.resolve(name);
        authority.issue(new IssueRequest(name, List.of("*"), List.of("192.0.2.1"), IssueRequest.NODE_VALIDITY), home);
        return home;
    }
}
