package org.sipring.app.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.process.Forever;
import org.sipring.dns.server.DnsServer;
import org.sipring.dns.wire.TsigKey;
import org.sipring.runtime.Rooms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sipring dns-server}. */
@Command(
        name = "dns-server",
        description = "Serve one zone as its primary; updates must be signed with the TSIG key.",
        mixinStandardHelpOptions = true)
final class DnsServerCommand implements Callable<Integer> {
    @Option(names = "--zone", required = true, description = "the zone, such as sipring.test")
    private String zone = "";

    @Option(names = "--tsig", required = true, description = "the key's file, in BIND's form, mode 0600")
    private @Nullable Path tsig;

    @Option(names = "--listen", required = true, paramLabel = "A:P", description = "address and port, UDP and TCP")
    private String listen = "";

    @Option(names = "--data", description = "where to keep the zone; without it a restart forgets it")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        if (tsig == null) {
            throw new CommandFailure("--tsig FILE: name the key's file");
        }
        try (Forever stay = new Forever("dns-server-stop");
                Rooms rooms = new Rooms();
                DnsServer server = DnsServer.start(setup(TsigKey.read(tsig)), rooms.open("dns-clock"))) {
            InetSocketAddress at = server.localAddress();
            System.out.printf("serving %s at %s:%d%n", zone, at.getHostString(), at.getPort());
            stay.untilTold();
        }
        return 0;
    }

    private DnsServer.Setup setup(TsigKey key) {
        String origin = zone.endsWith(".") ? zone : zone + ".";
        try {
            return new DnsServer.Setup(origin, key, address(listen), Optional.ofNullable(data));
        } catch (IllegalArgumentException mistake) {
            throw new CommandFailure(String.valueOf(mistake.getMessage()));
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return new InetSocketAddress(InetAddress.getByName(text.substring(0, Math.max(colon, 0))), port);
        } catch (NumberFormatException | UnknownHostException e) {
            throw new CommandFailure("--listen " + text + ": write an address and a port, such as 127.0.0.1:5300");
        }
    }
}
