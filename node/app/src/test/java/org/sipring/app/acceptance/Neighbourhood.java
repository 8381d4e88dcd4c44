package org.sipring.app.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A neighbour's domain, served by Kamailio and found in BIND's zones, and ours, served by one node. The phones are baresip's:
 * alice is ours, carol the neighbour's.
 */
final class Neighbourhood implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path FILES = Command.ROOT.resolve("node/app/src/test/resources/neighbour");
    private static final String NAME_SERVER = "127.0.0.53";
    static final String CUSTOMER = "customer.test";
    static final String OTHER_CUSTOMER = "other.test";

    private final Path dir;
    private final Namespace namespace;
    private final List<Process> servers = new ArrayList<>();

    /**
     * Starts the servers and waits until the node is in service.
     *
     * @param dir a folder for their files
     * @param kamailio more words for Kamailio
     */
    Neighbourhood(Path dir, String... kamailio) throws IOException {
        this.dir = dir;
        namespace = new Namespace(dir, NAME_SERVER);
        copy(
                "named.conf",
                "kamailio.cfg",
                "sipring.zone",
                "neighbour.zone",
                "failing.zone",
                "secure.zone",
                "wrong.zone",
                "customer.zone",
                "tls.cfg");
        DomainCertificates certificates = new DomainCertificates(dir);
        certificates.sign(dir, "secure", "URI:sip:secure.test,IP:127.0.0.41");
        certificates.sign(dir.resolve("certificates"), "sipring", "DNS:sipring.test");
        try {
            servers.add(namespace.run("/usr/sbin/named", "-c", "named.conf", "-g", "-n", "1"));
            // Its certificates are beside its configuration.
            servers.add(namespace.run(Stream.concat(
                            Stream.of("/usr/sbin/kamailio", "-DD", "-E", "-f", "kamailio.cfg", "-m", "64"),
                            Stream.of(kamailio))
                    .toArray(String[]::new)));
            servers.add(namespace.run(node()));
            Stopwatch.until("the node", Duration.ofSeconds(60), () -> log().contains("n1 is in service"));
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private void copy(String... names) throws IOException {
        for (String name : names) {
            Files.copy(FILES.resolve(name), dir.resolve(name));
        }
    }

    private String[] node() throws IOException {
        Users.write(dir, 1);
        Files.write(
                dir.resolve("accounts"),
                List.of(
                        Users.line(Users.name(0), CUSTOMER, "hosted"),
                        Users.line(Users.name(0), OTHER_CUSTOMER, "hosted-too")),
                StandardOpenOption.APPEND);
        return OneNode.words(
                dir,
                "127.0.0.11",
                List.of(
                        "node.accounts-file = accounts",
                        "dns.resolver = " + NAME_SERVER,
                        "sip.domains = [ { name = " + CUSTOMER + " }, { name = " + OTHER_CUSTOMER + " } ]",
                        "sip.tls.certificates = certificates",
                        "sip.foreign.ca = ca.crt",
                        "sip.foreign.outbound = [ neighbour.test, failing.test, nowhere.test, secure.test, wrong.test ]",
                        "sip.foreign.inbound = [ neighbour.test ]",
                        "sip.foreign.trunks = [ { name = secure, domain = secure.test, transports = [ tls ]",
                        "  server = \"sip:secure.test;transport=tls\" } ]"));
    }

    /** All that the node printed until now. */
    String log() {
        try {
            return Files.readString(dir.resolve("sipring.out"));
        } catch (IOException e) {
            return "";
        }
    }

    /** What a program prints that is run beside the servers. */
    String output(String... program) {
        return Command.run(LIMIT, namespace.inside(program)).succeeded().output();
    }

    @Override
    public void close() {
        namespace.close(servers);
    }

    // An account with a transport would add it to what is dialled.
    Baresip alice(String options, String... commands) {
        return ours("sipring.test", Users.password(0), options, commands);
    }

    Baresip ours(String domain, String password, String options, String... commands) {
        String account = "<sip:%s@%s>;auth_pass=%s;regint=600;outbound=\"sip:127.0.0.11\"%s"
                .formatted(Users.name(0), domain, password, options);
        return phone(account, commands);
    }

    Baresip carol(String domain, String options, String... commands) {
        return phone(
                "<sip:carol@%s>;auth_pass=x;regint=600;outbound=\"sip:127.0.0.41\"%s".formatted(domain, options),
                commands);
    }

    private Baresip phone(String account, String... commands) {
        try {
            Path folder = Files.createTempDirectory(dir, "phone");
            return new Baresip(
                    folder, namespace.inside(), List.of("dns_server " + NAME_SERVER + ":53"), account, commands);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
