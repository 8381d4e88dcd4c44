package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A neighbour's domain, served by Kamailio and found in BIND's zones, and ours, served by one node. The phones are baresip's:
 * alice is ours, carol the neighbour's.
 */
@Tag("acceptance")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NeighbourTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path FILES = Command.ROOT.resolve("node/app/src/test/resources/neighbour");
    private static final String NAME_SERVER = "127.0.0.53";
    private static final String CUSTOMER = "customer.test";
    private static final String OTHER_CUSTOMER = "other.test";
    private static final String ANSWERS = ";answermode=auto";

    private final Path dir;
    private final Namespace namespace;
    private final List<Process> servers = new ArrayList<>();

    NeighbourTest(@TempDir Path dir) throws IOException {
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
            servers.add(namespace.run("/usr/sbin/kamailio", "-DD", "-E", "-f", "kamailio.cfg", "-m", "64"));
            servers.add(namespace.run(node()));
            Stopwatch.until(
                    "the node", Duration.ofSeconds(60), () -> said("sipring").contains("n1 is in service"));
        } catch (IOException | RuntimeException | AssertionError e) {
            stop();
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

    private String said(String program) {
        try {
            return Files.readString(dir.resolve(program + ".out"));
        } catch (IOException e) {
            return "";
        }
    }

    @AfterAll
    void stop() {
        Collections.reverse(servers);
        servers.forEach(server -> {
            server.destroy();
            server.onExit().join();
        });
        namespace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aUserOfOursCallsTheNeighboursAndEitherHangsUp(String ends) {
        try (Baresip carol = carol("neighbour.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = alice("", "/dial sip:carol@neighbour.test")) {
                talkAndEnd(alice, carol, ends.equals("alice") ? alice : carol);
                assertThat(alice.said()).contains("SIP/2.0 407 Proxy Authentication Required");
                assertThat(alice.edges()).containsExactly("n1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aUserOfTheNeighboursCallsOursAndEitherHangsUp(String ends) {
        try (Baresip alice = alice(ANSWERS)) {
            alice.says("200 OK");
            try (Baresip carol = carol("neighbour.test", "", "/dial sip:" + Users.name(0) + "@sipring.test")) {
                talkAndEnd(carol, alice, ends.equals("alice") ? alice : carol);
                assertThat(carol.said()).doesNotContain("SIP/2.0 407");
                assertThat(carol.edges()).containsExactly("n1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aDomainThatSpeaksTlsProvesWhoItIsAndEitherHangsUp(String ends) {
        try (Baresip carol = carol("secure.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = alice("", "/dial sip:carol@secure.test")) {
                talkAndEnd(alice, carol, ends.equals("alice") ? alice : carol);
                assertThat(carol.said()).contains("Via: SIP/2.0/TLS 127.0.0.11:5061");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aTrunkProvesWhoItIsByItsCertificateAndEitherHangsUp(String ends) {
        try (Baresip alice = alice(ANSWERS)) {
            alice.says("200 OK");
            String dial = "/dial sip:" + Users.name(0) + "@sipring.test;transport=tls";
            try (Baresip carol = carol("secure.test", "", dial)) {
                talkAndEnd(carol, alice, ends.equals("alice") ? alice : carol);
                assertThat(alice.said()).contains("Via: SIP/2.0/TLS 127.0.0.41:5061");
            }
        }
    }

    @Test
    void whoDoesNotProveItIsNotTheTrunk() {
        try (Baresip carol = carol("secure.test", "", "/dial sip:" + Users.name(0) + "@sipring.test;transport=tcp")) {
            carol.says("SIP/2.0 407 ");
        }
    }

    @Test
    void aServerWithTheCertificateOfAnotherDomainIsRefused() {
        try (Baresip alice = alice("", "/dial sip:carol@wrong.test")) {
            alice.says("SIP/2.0 502 Bad Gateway");
        }
        assertThat(said("sipring"))
                .contains(
                        "TLS with wrong.test at ",
                        "refused: its certificate is that of secure.test, not of wrong.test");
    }

    @Test
    void usersOfTwoHostedDomainsCallEachOther() {
        try (Baresip callee = ours(CUSTOMER, "hosted", ANSWERS)) {
            callee.says("200 OK");
            String dial = "/dial sip:" + Users.name(0) + '@' + CUSTOMER;
            try (Baresip caller = ours(OTHER_CUSTOMER, "hosted-too", "", dial)) {
                talkAndEnd(caller, callee, caller);
                assertThat(callee.said())
                        .contains("P-Asserted-Identity: <sip:" + Users.name(0) + '@' + OTHER_CUSTOMER + '>');
            }
        }
    }

    @Test
    void aUserOfOneHostedDomainIsNoneOfAnother() {
        try (Baresip thief = ours(OTHER_CUSTOMER, "hosted", "")) {
            // The challenge is repeated; baresip gives up.
            thief.says("realm=\"" + OTHER_CUSTOMER);
            thief.says("401 Unauthorized");
        }
    }

    @Test
    void aNeighbourFindsAHostedDomainByItsOwnZone() {
        try (Baresip callee = ours(CUSTOMER, "hosted", ANSWERS)) {
            callee.says("200 OK");
            try (Baresip carol = carol("neighbour.test", "", "/dial sip:" + Users.name(0) + '@' + CUSTOMER)) {
                talkAndEnd(carol, callee, callee);
            }
        }
    }

    @Test
    void theNextServerIsCalledWhereTheFirstIsSilent() {
        try (Baresip carol = carol("neighbour.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = alice("", "/dial sip:carol@failing.test")) {
                talkAndEnd(alice, carol, alice);
            }
        }
    }

    @Test
    void nobodyIsCalledWhoIsNotThereOrNotListed() {
        try (Baresip alice = alice("", "/dial sip:dave@neighbour.test")) {
            alice.says("SIP/2.0 404 ");
        }
        try (Baresip alice = alice("", "/dial sip:dave@nowhere.test")) {
            // Its name server refuses to tell.
            alice.says("SIP/2.0 504 ");
        }
        try (Baresip alice = alice("", "/dial sip:dave@elsewhere.test")) {
            alice.says("SIP/2.0 403 No Relay To Other Domains");
        }
    }

    private static void talkAndEnd(Baresip caller, Baresip callee, Baresip ends) {
        caller.says("Call established");
        callee.says("Call established");
        assertThat(callee.said()).contains("\nACK sip:");
        ends.close();
        (ends.equals(caller) ? callee : caller).says("session closed");
    }

    // An account with a transport would add it to what is dialled.
    private Baresip alice(String options, String... commands) {
        return ours("sipring.test", Users.password(0), options, commands);
    }

    private Baresip ours(String domain, String password, String options, String... commands) {
        String account = "<sip:%s@%s>;auth_pass=%s;regint=600;outbound=\"sip:127.0.0.11\"%s"
                .formatted(Users.name(0), domain, password, options);
        return phone(account, commands);
    }

    private Baresip carol(String domain, String options, String... commands) {
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
