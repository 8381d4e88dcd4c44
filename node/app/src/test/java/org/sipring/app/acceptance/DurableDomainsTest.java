package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.Phone;
import org.sipring.app.phone.PhoneAccount;
import org.sipring.sip.SipMessage;

/** Domains that an operator adds and removes while nodes run and die: three keep them, the fourth follows one of these. */
@Tag("acceptance")
@Timeout(400)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DurableDomainsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");
    private static final String DOMAIN = "example.test";
    private static final PhoneAccount DORA = new PhoneAccount("dora", DOMAIN, "open sesame");

    private final Path password;
    private final DemoRun demo;
    private final Handsets handsets;

    DurableDomainsTest(@TempDir Path dir) throws IOException {
        this.password = Files.writeString(dir.resolve("password"), "open sesame");
        Path place = Files.createDirectories(dir.resolve("demo"));
        Files.writeString(place.resolve("nodes.conf"), "sip.domains = [ { name = written.test } ]");
        this.demo = DemoRun.start(place, "--nodes", "4");
        this.handsets = new Handsets(demo);
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private Command sipring(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--dir", demo.dir().toString()));
        return Command.sipring(LIMIT, all.toArray(String[]::new));
    }

    private static void assertFails(Command command, String... words) {
        assertThat(command.exit()).as(command.output()).isEqualTo(1);
        assertThat(command.output()).contains(words).doesNotContain("\tat ");
    }

    // Leaves nothing behind: bindings outlive the nodes, and an account may have ten.
    private int registration(String node) {
        try (Phone phone = handsets.phone(DORA)) {
            int status =
                    phone.register(handsets.proxy(node), Duration.ofMinutes(10)).status();
            if (status == 200) {
                phone.register(handsets.proxy(node), Duration.ZERO);
            }
            return status;
        } catch (IOException silent) {
            throw new AssertionError(node + " does not answer", silent);
        }
    }

    @Test
    @Order(1)
    void aDomainThatIsAddedIsServedByEveryNode() {
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(403));
        assertThat(sipring("domain", "add", DOMAIN, "--algorithms", "SHA-256,MD5")
                        .succeeded()
                        .output())
                .contains(
                        "example.test is added.",
                        "example.test. IN NAPTR 100 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.sipring.test.");
        sipring("account", "add", "dora@" + DOMAIN, "--password-file", password.toString())
                .succeeded();
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(200));
    }

    @Test
    @Order(2)
    void usersOfTwoDomainsCallEachOther() throws IOException {
        Phone dora = handsets.registered(DORA, "n2");
        try (Phone alice = handsets.registered("alice", "n3")) {
            SipMessage invite = alice.startCall("sip:dora@" + DOMAIN, handsets.proxy("n3"));
            assertThat(dora.answer(LIMIT)).isPresent();
            assertThat(alice.outcome(invite, LIMIT).map(SipMessage::status)).contains(200);
        }
        dora.close();
    }

    @Test
    @Order(3)
    void domainsAreShownAndWhatIsWrongIsSaid() {
        assertThat(sipring("domain", "list").succeeded().output().lines())
                .anySatisfy(line -> assertThat(line).matches("example\\.test +store +SHA-256, MD5"))
                .anySatisfy(line -> assertThat(line).matches("sipring\\.test +platform +MD5"))
                .anySatisfy(line -> assertThat(line).matches("written\\.test +settings +MD5"));
        assertThat(sipring("domain", "show", "Example.TEST").succeeded().output())
                .contains("_sips._tcp.example.test. IN SRV 10 100 5061 proxy.sipring.test.");
        assertThat(sipring("domain", "show", DOMAIN, "--json").succeeded().output())
                .startsWith("{\"name\":\"example.test\"");
        assertFails(sipring("domain", "add", DOMAIN), "there is such a domain already", "'sipring domain set'");
        assertFails(sipring("domain", "add", "a_b.test"), "name: must be a host name");
        assertFails(sipring("domain", "set", "written.test", "--enabled", "false"), "sip.domains: change it there");
        assertFails(sipring("domain", "remove", "sipring.test"), "the platform's own domain");
        assertFails(sipring("domain", "set", DOMAIN), "say what to change");
        assertFails(sipring("domain", "show", "nowhere.test"), "no such domain has its users here");
    }

    @Test
    @Order(4)
    void usersOfADisabledDomainAreNotServedUntilItIsEnabled() {
        sipring("domain", "set", DOMAIN, "--enabled", "false").succeeded();
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(403));
        sipring("domain", "set", DOMAIN, "--enabled", "true").succeeded();
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(200));
    }

    @Test
    @Order(5)
    void itIsServedAlsoWhenAllNodesHaveDied() {
        NODES.forEach(this::kill);
        NODES.forEach(demo::startNode);
        Awaitility.await("all nodes to be back").atMost(LIMIT.multipliedBy(2)).until(() -> NODES.stream()
                .allMatch(this::isReadable));
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(200));
    }

    @Test
    @Order(6)
    void itIsRemovedWhenItHasNoUsersAnyMore() {
        assertFails(sipring("domain", "remove", DOMAIN), "example.test has accounts yet");
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(200));
        sipring("account", "remove", "dora@" + DOMAIN).succeeded();
        assertThat(sipring("domain", "remove", DOMAIN).succeeded().output()).contains("example.test is removed.");
        NODES.forEach(node -> assertThat(registration(node)).as(node).isEqualTo(403));
        assertFails(
                sipring("account", "add", "dora@" + DOMAIN, "--password-file", password.toString()),
                "no such domain has its users here");
    }

    private void kill(String node) {
        ProcessHandle process = ProcessHandle.of(demo.pid(node)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean isReadable(String node) {
        return demo.ready(node)
                && demo.status(node).path("store").path("readable").asBoolean();
    }
}
