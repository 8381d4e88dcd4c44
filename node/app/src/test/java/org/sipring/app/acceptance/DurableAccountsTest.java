package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
import org.sipring.accounts.Account;
import org.sipring.app.phone.PhoneAccount;
import org.sipring.sip.digest.DigestAlgorithm;

/** Users survive whatever happens to nodes: three of four keep them, the fourth follows one of these. */
@Tag("acceptance")
@Timeout(500)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DurableAccountsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");
    private static final String PASSWORD = "open sesame";

    private final Path password;
    private final DemoRun demo;
    private final Handsets handsets;

    DurableAccountsTest(@TempDir Path dir) throws IOException {
        this.password = Files.writeString(dir.resolve("password"), PASSWORD);
        this.demo = DemoRun.start(dir.resolve("demo"), "--nodes", "4");
        this.handsets = new Handsets(demo);
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private void sipring(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--dir", demo.dir().toString()));
        Command.sipring(LIMIT, all.toArray(String[]::new)).succeeded();
    }

    private void add(String user) {
        sipring("account", "add", user + "@sipring.test", "--password-file", password.toString());
    }

    private JsonNode store(String node) {
        return demo.status(node).path("store");
    }

    /** Until a majority keeps documents and somebody leads, as each of the nodes that keep them says. */
    private JsonNode keptByThree() {
        Awaitility.await("three nodes to keep the accounts")
                .atMost(LIMIT)
                .until(() -> keepers().count() == 3);
        return keepers().findFirst().orElseThrow();
    }

    private Stream<JsonNode> keepers() {
        return NODES.stream()
                .filter(demo::ready)
                .map(this::store)
                .filter(store -> store.path("keptBy").size() == 3
                        && !store.path("leader").isNull());
    }

    private void registersEverywhere(String user) {
        PhoneAccount account = new PhoneAccount(user, "sipring.test", PASSWORD);
        NODES.forEach(node -> handsets.registered(account, node).close());
    }

    @Test
    @Order(1)
    void aUserWhoWasAddedIsKnownOnEveryNode() {
        JsonNode store = keptByThree();
        add("dave");

        registersEverywhere("dave");
        for (String node : NODES) {
            assertThat(store(node).path("durable").asBoolean()).as(node).isTrue();
            assertThat(store(node).path("readable").asBoolean()).as(node).isTrue();
        }
        assertThat(store.path("leader").asText()).isIn("n1", "n2", "n3", "n4");
        assertThat(demo.status().path("alarms")).isEmpty();
    }

    /** What nobody but nodes may learn. */
    private List<String> secrets() throws IOException {
        Account dave = Account.of("dave@sipring.test", PASSWORD, List.of(DigestAlgorithm.values()));
        List<String> secrets = new ArrayList<>(dave.ha1().values());
        secrets.add(PASSWORD);
        // key "NAME" { algorithm hmac-sha256; secret "SECRET"; };
        secrets.add(Files.readString(demo.dir().resolve("dns/tsig.key")).split("\"", -1)[3]);
        return secrets;
    }

    @Test
    @Order(2)
    void whatDisksHoldGivesNoSecretAway() throws IOException {
        sipring("account", "set", "dave@sipring.test", "--name", "Dave of the Lighthouse");
        List<String> hidden = secrets();
        hidden.addAll(List.of("Lighthouse", "ha1"));
        for (String node : NODES) {
            try (Stream<Path> files = Files.walk(folder(node).resolve("data"))) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> assertThat(
                                hidden.stream().filter(Files.readString(file, StandardCharsets.ISO_8859_1)::contains))
                        .as(file.toString())
                        .isEmpty());
            }
        }
    }

    @Test
    @Order(2)
    void whoseCertificateIsRenewedNeedsItsFormerKeyNoLonger() {
        Path identity = folder("n2");
        Command.sipring(
                        LIMIT,
                        "ca",
                        "renew",
                        identity.toString(),
                        "--ca",
                        demo.dir().resolve("ca").toString())
                .succeeded();
        Path former = identity.resolve("former.keys");
        Awaitility.await("all is sealed for the new key").atMost(LIMIT).until(() -> Files.notExists(former));
    }

    @Test
    @Order(3)
    void usersAreAddedThoughTheNodeThatLedIsKilled() {
        String leader = keptByThree().path("leader").asText();
        kill(leader);
        add("erin");
        demo.startNode(leader);
        Awaitility.await(leader + " to be back").atMost(LIMIT).until(() -> isReadable(leader));

        registersEverywhere("erin");
    }

    @Test
    @Order(4)
    void allNodesMayDieAtOnceAlsoWithoutAnyFileOfTheirTsigKey() throws IOException {
        NODES.forEach(this::kill);
        for (String node : NODES) {
            Path settings = folder(node).resolve("sipring.conf");
            Files.writeString(settings, Files.readString(settings).replaceAll("dns\\.tsig-file.*", ""));
        }
        NODES.forEach(demo::startNode);
        Awaitility.await("all nodes to be back").atMost(LIMIT.multipliedBy(2)).until(() -> NODES.stream()
                .allMatch(this::isReadable));

        registersEverywhere("dave");
        registersEverywhere("erin");
        keptByThree();
        add("frank");
        registersEverywhere("frank");
    }

    @Test
    @Order(5)
    void dnsIsKeptRightWithTheKeyThatNodesShare() {
        kill("n3");
        Awaitility.await("DNS to forget n3").atMost(LIMIT).until(() -> !Places.anyNames(demo, "n3"));
        demo.startNode("n3");
        Awaitility.await("DNS to name n3").atMost(LIMIT).until(() -> Places.allName(demo, "n3"));
    }

    @Test
    @Order(6)
    void oneReplicaThatIsLeftIsEnough() throws IOException {
        List<String> keepers = new ArrayList<>();
        keptByThree().path("keptBy").forEach(keeper -> keepers.add(keeper.asText()));
        Awaitility.await("who keeps the documents to copy them")
                .atMost(LIMIT.multipliedBy(2))
                .until(() -> keepers.stream().allMatch(this::hasCopies));
        String left = keepers.remove(0);
        assertThat(recover(left).output()).contains("the node runs: stop it first");
        NODES.forEach(this::kill);
        for (String lost : keepers) {
            Command.run(LIMIT, "rm", "-r", folder(lost).resolve("data/store").toString())
                    .succeeded();
        }
        Command asked = recover(left);
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.output())
                .contains(left + " keeps the documents up to change ", keepers.get(0), "nothing was changed");
        assertThat(recover(left, "--yes").succeeded().output()).contains(left + " keeps the documents alone");
        NODES.forEach(demo::startNode);
        Awaitility.await("all nodes to be back").atMost(LIMIT.multipliedBy(2)).until(() -> NODES.stream()
                .allMatch(this::isReadable));

        registersEverywhere("frank");
        keptByThree();
        add("gina");
        registersEverywhere("gina");
    }

    private boolean hasCopies(String node) {
        String[] copies = folder(node).resolve("data/backups").toFile().list((dir, name) -> name.endsWith(".backup"));
        return copies != null && copies.length > 0;
    }

    @Test
    @Order(7)
    void logsSayNoSecrets() throws IOException {
        List<String> secrets = secrets();
        for (String node : NODES) {
            assertThat(demo.log(node)).contains(node).doesNotContain(secrets.toArray(String[]::new));
        }
    }

    private Command recover(String node, String... more) {
        List<String> words = new ArrayList<>(List.of("store", "recover", "--identity"));
        words.addAll(List.of(
                folder(node).toString(),
                "--config",
                folder(node).resolve("sipring.conf").toString()));
        words.addAll(List.of(more));
        return Command.sipring(LIMIT, words.toArray(String[]::new));
    }

    private Path folder(String node) {
        return demo.dir().resolve("nodes").resolve(node);
    }

    private void kill(String node) {
        ProcessHandle process = ProcessHandle.of(demo.pid(node)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean isReadable(String node) {
        return demo.ready(node) && store(node).path("readable").asBoolean();
    }
}
