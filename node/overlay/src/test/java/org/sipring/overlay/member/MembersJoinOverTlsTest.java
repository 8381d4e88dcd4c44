package org.sipring.overlay.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hazelcast.config.Config;
import com.hazelcast.map.IMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.overlay.TestCa;
import org.sipring.overlay.TestIdentity;
import org.sipring.overlay.tls.TlsLimits;

@Tag("acceptance")
class MembersJoinOverTlsTest {
    private static final String DOMAIN = "sipring.test";

    @TempDir
    static Path directory;

    private static TestCa ca;

    private final List<OverlayMember> members = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    @BeforeAll
    static void issue() throws IOException {
        ca = new TestCa(directory);
        for (String node : List.of("n1", "n2", "n3")) {
            ca.node(node, DOMAIN, "proxy", "manager");
        }
    }

    @AfterEach
    void stop() {
        members.forEach(OverlayMember::terminate);
    }

    @Test
    void threeNodesBecomeOneClusterThatReplicates() throws Exception {
        assertThat(start("n1", "p1", Set.of(RoleName.PROXY), true)).isEmpty();
        assertThat(start("n2", "p1", Set.of(RoleName.PROXY), false)).isEmpty();
        assertThat(start("n3", "p1", Set.of(RoleName.MANAGER), false)).isEmpty();
        assertThat(members)
                .allSatisfy(member ->
                        assertThat(member.hazelcast().getCluster().getMembers()).hasSize(3));

        IMap<String, byte[]> one = members.get(0).hazelcast().getMap("bytes");
        for (int i = 0; i < 200; i++) {
            one.set("key" + i, new byte[i * 100]);
        }
        one.set("large", new byte[3_000_000]);
        IMap<String, byte[]> three = members.get(2).hazelcast().getMap("bytes");
        assertThat(three.get("large")).hasSize(3_000_000);
        assertThat(three.get("key199")).hasSize(19_900);
        assertThat(new HashSet<>(three.keySet())).hasSize(201);
    }

    @Test
    void aRoleThatIsNotInTheCertificateIsRefusedInTheJoinRequestToo() throws Exception {
        assertThat(start("n1", "p1", Set.of(RoleName.PROXY), true)).isEmpty();

        assertThat(start("n2", "p1", Set.of(RoleName.OPERATOR), false).orElseThrow())
                .contains("role operator is not in the certificate of node n2");
        assertThat(members.get(0).hazelcast().getCluster().getMembers()).hasSize(1);
    }

    @Test
    void aCopyOfAnIdentityOnASecondHostIsRefused() throws Exception {
        assertThat(start("n1", "p1", Set.of(RoleName.PROXY), true)).isEmpty();
        assertThat(start("n2", "p1", Set.of(RoleName.PROXY), false)).isEmpty();

        assertThat(start("n2", "p1", Set.of(RoleName.PROXY), false).orElseThrow())
                .contains("a node of this name is a member at");
    }

    private Optional<String> start(String node, String platform, Set<RoleName> roles, boolean form) throws Exception {
        InetSocketAddress listen = free("127.0.0." + (11 + addresses.size()));
        Passport passport = new Passport(platform, DOMAIN, new NodeId(node), roles);
        OverlayMember member =
                new OverlayMember(new TestIdentity(ca, node), passport, listen, TlsLimits.DEFAULT, () -> new byte[0]);
        members.add(member);
        List<InetSocketAddress> known = List.copyOf(addresses);
        addresses.add(listen);
        Config config = MemberSettings.config(passport, listen);
        return assertTimeoutPreemptively(Duration.ofSeconds(40), () -> member.start(config, form, () -> known));
    }

    private static InetSocketAddress free(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
