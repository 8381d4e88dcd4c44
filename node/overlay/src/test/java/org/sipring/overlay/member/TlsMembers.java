package org.sipring.overlay.member;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.overlay.TestIdentity;
import org.sipring.overlay.tls.TlsLimits;
import org.sipring.testkit.TestCa;

/** Members over TLS on loopback, with one authority; each knows those before it. */
final class TlsMembers implements AutoCloseable {
    private static final String DOMAIN = "sipring.test";

    private final TestCa ca;
    private final List<OverlayMember> members = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    TlsMembers(Path directory, String... nodes) throws IOException {
        ca = new TestCa(directory);
        for (String node : nodes) {
            ca.node(node, DOMAIN, "proxy", "manager");
        }
    }

    /** Starts one; says why it was refused, if it was. */
    Optional<String> start(String node, Set<RoleName> roles, boolean form)
            throws IOException, GeneralSecurityException {
        InetSocketAddress listen = free("127.0.0." + (11 + addresses.size()));
        Passport passport = new Passport("p1", DOMAIN, new NodeId(node), roles);
        OverlayMember member =
                new OverlayMember(new TestIdentity(ca, node), passport, listen, TlsLimits.DEFAULT, () -> new byte[0]);
        members.add(member);
        List<InetSocketAddress> known = List.copyOf(addresses);
        addresses.add(listen);
        Config config = MemberSettings.config(passport, listen);
        return assertTimeoutPreemptively(Duration.ofSeconds(40), () -> member.start(config, form, () -> known));
    }

    HazelcastInstance hazelcast(int index) {
        return members.get(index).hazelcast();
    }

    int size() {
        return members.size();
    }

    @Override
    public void close() {
        members.forEach(OverlayMember::terminate);
    }

    private static InetSocketAddress free(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
