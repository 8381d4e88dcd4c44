package org.sipring.app.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A platform of one real node, n1 of sipring.test, in a {@link Namespace}, where BIND knows of no other. */
final class OneNode implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofSeconds(60);
    private static final String NAME_SERVER = "127.0.0.53";

    private final Path dir;
    private final Namespace namespace;
    private final List<Process> servers = new ArrayList<>();

    /**
     * Starts a node and waits until it is in service.
     *
     * @param dir a folder for its files, which its settings may name
     * @param address where it listens
     * @param settings lines of its configuration
     */
    OneNode(Path dir, String address, String... settings) throws IOException {
        this.dir = dir;
        namespace = new Namespace(dir, NAME_SERVER);
        try {
            Files.writeString(
                    dir.resolve("named.conf"),
                    """
                    options { directory "."; pid-file "named.pid"; session-keyfile "session.key";
                      managed-keys-directory "."; listen-on { 127.0.0.53; }; listen-on-v6 { none; }; recursion no; };
                    controls { };
                    zone "sipring.test" { type primary; file "sipring.zone"; };
                    """);
            Files.writeString(
                    dir.resolve("sipring.zone"),
                    "$TTL 5\n@ SOA ns hostmaster 1 3600 60 604800 5\n@ NS ns\nns A " + NAME_SERVER + "\n");
            servers.add(namespace.run("/usr/sbin/named", "-c", "named.conf", "-g", "-n", "1"));
            List<String> lines = new ArrayList<>(List.of(settings));
            lines.add("dns.resolver = " + NAME_SERVER);
            servers.add(namespace.run(words(dir, address, lines)));
            Stopwatch.until("the node", START, () -> log().contains("n1 is in service"));
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Makes a CA, a node's identity and its configuration in a folder; tells what starts the node. */
    static String[] words(Path dir, String address, List<String> settings) throws IOException {
        String ca = dir.resolve("ca").toString();
        String n1 = dir.resolve("n1").toString();
        Command.sipring(LIMIT, "ca", "init", "--domain", "sipring.test", "--out", ca)
                .succeeded();
        String issue = "ca issue n1 --ca " + ca + " --roles proxy,store --address " + address + " --out " + n1;
        Command.sipring(LIMIT, issue.split(" ")).succeeded();
        Path config = Files.write(dir.resolve("node.conf"), settings);
        String sipring = Command.ROOT.resolve("sipring").toString();
        return new String[] {sipring, "node", "--identity", n1, "--config", config.toString(), "--bootstrap"};
    }

    /** All that the node printed until now. */
    String log() {
        try {
            Path output = dir.resolve("sipring.out");
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connects to the node as a client that trusts the CA of {@code ca.crt} and asks for a name. */
    Openssl connect(String authority, String name) {
        String options =
                "-CAfile ca.crt -verify_return_error -nocommands -connect " + authority + " -servername " + name;
        return new Openssl(dir, namespace.inside(("openssl s_client " + options).split(" ")));
    }

    @Override
    public void close() {
        namespace.close(servers);
    }
}
