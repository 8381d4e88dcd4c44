package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.Phone;

/** {@code sipring why}, asked of a node that had no part in the call, and the call's record. Last of all a node dies. */
@Tag("acceptance")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class WhyCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DemoRun demo;
    private final Handsets handsets;
    private final Sipp sipp;
    private final String unwilling = Sipp.free("127.0.0.1");
    private final Process answering;

    WhyCommandTest(@TempDir Path dir) {
        demo = DemoRun.start(dir);
        handsets = new Handsets(demo);
        sipp = new Sipp(dir, Users.DOMAIN);
        answering = sipp.answer("callee-unwilling", unwilling);
    }

    @BeforeAll
    void register() {
        List<String> rows = List.of("bob;" + credentials("bob"), "carol;" + credentials("carol"));
        sipp.play(new Sipp.Run("register", proxy("n2"), rows, unwilling)).succeeded();
    }

    @AfterAll
    void stop() throws InterruptedException {
        answering.destroyForcibly().waitFor();
        demo.close();
    }

    private String credentials(String user) {
        return Sipp.credentials(user, demo.password(user));
    }

    private String proxy(String node) {
        return demo.address(node) + ":5060";
    }

    /** Alice calls at n1; gives what n3 tells of it. */
    private Command call(String scenario, String callee, String callId) {
        List<String> rows = List.of("alice;" + credentials("alice") + ";" + callee);
        sipp.play(new Sipp.Run(scenario, proxy("n1"), rows, ""), callId);
        return why("n3", callId);
    }

    /** What a node's file says of a call: states, each with the final status. It is written within about a second. */
    private List<String> recorded(String node, String callId) {
        try {
            Path file = demo.dir().resolve("nodes").resolve(node).resolve("data/records/calls.jsonl");
            List<String> states = new ArrayList<>();
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                JsonNode record = JSON.readTree(line);
                if (record.path("call-id").asText().equals(callId)) {
                    states.add(record.path("state").asText() + " "
                            + record.path("status").asText());
                }
            }
            return states;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitRecord(String node, String callId, String state) {
        Awaitility.await(node + "'s record of " + callId)
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(recorded(node, callId)).containsExactly(state));
    }

    private Command why(String node, String callId) {
        Path identity = demo.dir().resolve("nodes").resolve(node);
        return Command.sipring(LIMIT, "why", callId, "--identity", identity.toString());
    }

    @Test
    @Order(1)
    void aCallToSomebodyWhoIsBusyIsToldByBothItsNodes() {
        assertThat(call("caller", "carol", "busy@why.test").succeeded().output())
                .containsPattern("n1  INVITE for sip:carol@sipring\\.test came from UDP 127\\.0\\.0\\.1:\\d+")
                .contains(
                        "n1  the caller has not proved who it is: it showed no credentials",
                        "n1  answered 407 ",
                        "n1  the caller proved to be alice@sipring.test",
                        "n1  the registrar has of carol@sipring.test so many contacts: 1",
                        "through the node that holds its flow: node n2",
                        "n2  INVITE for sip:carol@" + unwilling + " came from node n1",
                        "n2  heard 486 Busy Here from UDP " + unwilling,
                        "n1  heard 486 Busy Here from node n2",
                        "n1  answered 486 Busy Here to UDP 127.0.0.1")
                .doesNotContain("n3  ", "nonce", "response=", "No answer");
        awaitRecord("n1", "busy@why.test", "over 486");
        assertThat(recorded("n2", "busy@why.test")).isEmpty();
    }

    @Test
    @Order(2)
    void aCancelledCallIsTold() {
        assertThat(call("caller-cancelled", "bob", "cancelled@why.test")
                        .succeeded()
                        .output())
                .contains("n1  the caller cancelled", "n1  told to stop: node n2", "n1  answered 487 ");
        awaitRecord("n1", "cancelled@why.test", "over 487");
    }

    @Test
    @Order(3)
    void refusalsAreToldWithTheirReasons() {
        assertThat(call("caller", "nobody", "unknown@why.test").succeeded().output())
                .contains("n1  nobody@sipring.test is no user of this platform", "n1  answered 404 Not Found");
        awaitRecord("n1", "unknown@why.test", "over 404");
        List<String> wrong = List.of("alice;" + Sipp.credentials("alice", "wrong") + ";bob");
        sipp.play(new Sipp.Run("caller", proxy("n1"), wrong, ""), "wrong@why.test");
        assertThat(why("n3", "wrong@why.test").succeeded().output())
                .contains("n1  the caller has not proved who it is: its credentials are wrong");
    }

    @Test
    @Order(4)
    void aCallThatNobodyRemembersIsSaidToBe() {
        Command unknown = Command.sipring(
                LIMIT, "why", "never\u001b[2Jseen", "--dir", demo.dir().toString());
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.output()).contains("No node remembers this call.").doesNotContain("\u001b");
    }

    @Test
    @Order(5)
    void theEndOfACallIsToldByTheNodeThatTookItOver() {
        try (Phone alice = handsets.registered("alice", "n1");
                Phone bob = handsets.registered("bob", "n2")) {
            Handsets.Call call = handsets.call(alice, "bob", bob, "n1");
            // Both phones have looked up where to go when n1 is dead.
            handsets.targets(call.callers());
            handsets.targets(call.callees());
            String callId = call.callers().callId();
            awaitRecord("n1", callId, "answered 200");
            demo.signal("n1", "KILL");
            Awaitility.await("n1 is out of the view")
                    .atMost(LIMIT)
                    .until(() -> demo.status("n3").path("members").size() == 2);
            handsets.end(call);
            assertThat(why("n3", callId).succeeded().output())
                    .containsPattern("n[23]  BYE for sip:bob@.* came from UDP 127\\.0\\.0\\.1")
                    .containsPattern("n2  answered 200 .* to ")
                    .doesNotContain("n1  ");
            Awaitility.await("the record of the end").atMost(LIMIT).until(() -> Stream.of("n2", "n3")
                    .flatMap(node -> recorded(node, callId).stream())
                    .toList()
                    .equals(List.of("end-only 200")));
        }
    }
}
