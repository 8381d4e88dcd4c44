package org.sipring.app.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipring.api.RoleName;
import org.sipring.app.account.PlatformApi;
import org.sipring.app.demo.DemoDirectory;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.Refusal;
import org.sipring.dns.wire.SrvLookup;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.settings.HostPort;
import org.sipring.runtime.settings.ProvisioningSettings;
import picocli.CommandLine.Option;

/** As whom, and where, a command asks about accounts: as an operator, at a node that DNS or {@code --at} names. */
final class OperatorOption {
    private static final int DNS_PORT = 53;

    @Option(names = "--dir", paramLabel = "DIR", description = "the platform that './sipring demo' runs in DIR")
    private @Nullable Path dir;

    @Option(
            names = "--identity",
            paramLabel = "DIR",
            description = "an operator's identity folder: 'sipring ca issue NAME --roles operator' makes one")
    private @Nullable Path identity;

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "HOST[:PORT]",
            description = "nodes to ask, in this order; without it those at _provisioning._tcp in DNS")
    private List<String> at = new ArrayList<>();

    @Option(
            names = "--resolver",
            paramLabel = "HOST[:PORT]",
            description = "the name server to ask; without it the system's own")
    private @Nullable String resolver;

    /** The platform's own domain. */
    String domain() throws Refusal {
        return load().self().domain();
    }

    PlatformApi api() throws Refusal, IOException {
        IdentityFolder operator = load();
        return new PlatformApi(
                operator, at.isEmpty() ? published(operator.self().domain()) : written());
    }

    private IdentityFolder load() throws Refusal {
        IdentityFolder folder = IdentityFolder.load(folder(), SystemTime.clock());
        if (!folder.self().may(RoleName.OPERATOR)) {
            throw new CommandFailure(
                    folder() + " is the identity of " + folder.self().node()
                            + ", which is no operator's: make one with 'sipring ca issue NAME --roles operator'");
        }
        return folder;
    }

    /** Where the operator's key is. */
    Path folder() {
        if (identity != null) {
            return identity;
        }
        if (dir == null) {
            throw new CommandFailure(
                    "say which platform: --dir DIR for a demo, --identity DIR with an operator's identity elsewhere");
        }
        return DemoDirectory.operator(dir);
    }

    private List<HostPort> written() {
        return at.stream()
                .map(text -> server("--at", text, ProvisioningSettings.PORT))
                .toList();
    }

    private static HostPort server(String option, String text, int usual) {
        return HostPort.parse(text, usual)
                .orElseThrow(() -> new CommandFailure(option + " " + text
                        + ": write HOST or HOST:PORT, such as 192.0.2.11:" + usual + " or [2001:db8::11]:" + usual));
    }

    private List<HostPort> published(String domain) throws IOException {
        String service = "_provisioning._tcp." + domain + ".";
        try (Rooms rooms = new Rooms()) {
            List<HostPort> found = new SrvLookup(resolvers(), rooms.open("dns-lookup"), new SystemChance())
                    .find(service).stream()
                            .map(node -> new HostPort(node.getAddress().getHostAddress(), node.getPort()))
                            .toList();
            if (found.isEmpty()) {
                throw new CommandFailure(
                        service + " is not in DNS: no node with the role provisioning is in service, or the"
                                + " name server does not know the zone; --at HOST names a node, --resolver HOST another name server");
            }
            return found;
        }
    }

    private List<InetSocketAddress> resolvers() throws IOException {
        if (resolver != null) {
            return List.of(resolved(server("--resolver", resolver, DNS_PORT)));
        }
        if (dir != null && identity == null) {
            return List.of(resolved(
                    server("dns", DemoDirectory.contract(dir).path("dns").asText(), DNS_PORT)));
        }
        return SrvLookup.systemResolvers();
    }

    private static InetSocketAddress resolved(HostPort server) {
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new CommandFailure(
                    "the system's resolver does not know '" + server.host() + "': write an IP address");
        }
        return address;
    }
}
