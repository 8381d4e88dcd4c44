package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** The users of a platform as its operator makes, changes and removes them by command, and as phones notice it. */
@Tag("acceptance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AccountCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String DAVE = "dave@sipring.test";
    private static final PhoneAccount PHONE = new PhoneAccount("dave", "sipring.test", "open sesame");

    private final Path dir;
    private final Path password;
    private final DemoRun demo;
    private final Handsets handsets;

    AccountCommandTest(@TempDir Path dir) throws IOException {
        this.dir = dir;
        this.password = Files.writeString(dir.resolve("password"), "open sesame\n");
        this.demo = DemoRun.start(dir.resolve("demo"), "--nodes", "1");
        this.handsets = new Handsets(demo);
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private Command account(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(words));
        all.addAll(List.of("--dir", demo.dir().toString()));
        return accountOfNobody(all.toArray(String[]::new));
    }

    private static Command accountOfNobody(String... words) {
        List<String> all = new ArrayList<>(List.of("account"));
        all.addAll(List.of(words));
        return Command.sipring(LIMIT, all.toArray(String[]::new));
    }

    private static void assertFails(Command command, String... words) {
        assertThat(command.exit()).as(command.output()).isEqualTo(1);
        assertThat(command.output()).contains(words).doesNotContain("\tat ");
    }

    @Test
    @Order(1)
    void dnsNamesTheNodesThatProvision() {
        assertThat(Dns.srv("_provisioning._tcp.sipring.test"))
                .containsExactly(new Dns.Srv(10, 100, 9443, "n1.sipring.test."));
        assertThat(Dns.query("provisioning.sipring.test", "A")).containsExactly(demo.address("n1"));
        assertThat(Command.sipring(LIMIT, "dns", "show", "--dir", demo.dir().toString())
                        .succeeded()
                        .output())
                .contains("_provisioning._tcp.sipring.test.");
        assertThat(demo.zoneIsRight()).isTrue();
        assertThat(demo.screen()).contains("./sipring account set", "https://" + demo.address("n1") + ":9443/v1");
    }

    @Test
    @Order(2)
    void aUserThatIsAddedHasAPhoneThatRegisters() {
        assertThat(account("add", DAVE, "--password-file", password.toString(), "--name", "Dave")
                        .succeeded()
                        .output())
                .contains("dave@sipring.test is added.");
        handsets.registered(PHONE, "n1");
        assertThat(account("list").succeeded().output().lines())
                .anySatisfy(line -> assertThat(line).matches("dave@sipring\\.test +Dave"))
                .anySatisfy(line -> assertThat(line).startsWith("alice@sipring.test"));
        assertThat(account("list", "--json").succeeded().output().lines()).anySatisfy(line -> assertThat(line)
                .startsWith("{\"address\":\"dave@sipring.test\",\"name\":\"Dave\""));
        assertFails(account("add", DAVE, "--password-file", password.toString()), "there is such an account already");
    }

    @Test
    @Order(3)
    void callsGoWhereTheCommandSends() {
        Phone bob = handsets.registered("bob", "n1");
        Phone alice = handsets.registered("alice", "n1");
        assertThat(account("set", DAVE, "--forward-always", "sip:bob@sipring.test")
                        .succeeded()
                        .output())
                .contains("always: sip:bob@sipring.test");
        handsets.end(handsets.call(alice, "dave", bob, "n1"));
        assertThat(account("show", DAVE).succeeded().output())
                .containsPattern("name +Dave")
                .contains("always: sip:bob@sipring.test");
        account(
                        "set",
                        DAVE,
                        "--forward-always",
                        "none",
                        "--do-not-disturb",
                        "true",
                        "--forward-busy",
                        "sip:alice@sipring.test")
                .succeeded();
        assertThat(account("show", DAVE, "--json").succeeded().output())
                .contains("\"doNotDisturb\":true", "\"busy\":\"sip:alice@sipring.test\"")
                .doesNotContain("always");
        handsets.end(handsets.call(bob, "dave", alice, "n1"));
    }

    @Test
    @Order(3)
    void whoIsNotWelcomeIsTurnedAway() throws IOException {
        Phone bob = handsets.registered("bob", "n1");
        account("set", DAVE, "--do-not-disturb", "true", "--forward-busy", "none")
                .succeeded();
        assertThat(answer(bob)).contains(486);
        account("set", DAVE, "--do-not-disturb", "false", "--blocked", "bob@sipring.test")
                .succeeded();
        assertThat(answer(bob)).contains(603);
        account("set", DAVE, "--blocked", "none").succeeded();
    }

    /** What a caller of Dave hears. */
    private Optional<Integer> answer(Phone caller) throws IOException {
        SipMessage call = caller.startCall("sip:" + DAVE, handsets.proxy("n1"));
        return caller.outcome(call, LIMIT).map(SipMessage::status);
    }

    @Test
    @Order(4)
    void whatTheApiRefusesIsSaidInWords() {
        assertFails(account("set", DAVE, "--forward-busy", "bob"), "forwarding.busy: must be a SIP, SIPS or tel URI");
        assertFails(account("set", DAVE), "say what to change");
        assertFails(account("show", "nobody@sipring.test"), "there is no account nobody@sipring.test");
        assertFails(account("list", "--domain", "elsewhere.test"), "no such domain has its users here");
        assertFails(account("show", "dave"), "write user@domain");
    }

    @Test
    @Order(5)
    void passwordsComeFromAFileOfOneLine() throws IOException {
        String missing = dir.resolve("missing").toString();
        assertFails(account("add", "eve@sipring.test", "--password-file", missing), missing + ": no such file");
        Path two = Files.writeString(dir.resolve("two"), "one\ntwo\n");
        assertFails(account("add", "eve@sipring.test", "--password-file", two.toString()), "in one line");
        assertFails(account("add", "eve@sipring.test"), "--password-file FILE");
    }

    @Test
    @Order(6)
    void whoIsNoOperatorOfThePlatformIsToldSo() {
        String at = demo.address("n1");
        assertFails(accountOfNobody("list"), "say which platform");
        String missing = dir.resolve("nobody").toString();
        assertFails(accountOfNobody("list", "--identity", missing, "--at", at), missing);
        String node = demo.dir().resolve("nodes/n1").toString();
        assertFails(accountOfNobody("list", "--identity", node, "--at", at), "the identity of n1", "no operator's");
        Path ca = dir.resolve("other");
        Path stranger = dir.resolve("stranger");
        Command.sipring(LIMIT, "ca", "init", "--domain", "sipring.test", "--out", ca.toString())
                .succeeded();
        String issue = "ca issue ops --ca " + ca + " --roles operator --address 127.0.0.1 --out " + stranger;
        Command.sipring(LIMIT, issue.split(" ")).succeeded();
        assertFails(
                accountOfNobody("list", "--identity", stranger.toString(), "--at", at),
                at + ":9443: ",
                "the certificate one of its own");
    }

    @Test
    @Order(7)
    void anotherNodeIsAskedWhereOneIsSilent() {
        String operator = demo.dir().resolve("operator").toString();
        assertThat(accountOfNobody("list", "--identity", operator, "--at", "127.0.0.1:9," + demo.address("n1"))
                        .succeeded()
                        .output())
                .contains(DAVE);
        assertThat(accountOfNobody("list", "--identity", operator, "--resolver", "127.0.0.1:5300")
                        .succeeded()
                        .output())
                .contains(DAVE);
        assertFails(accountOfNobody("list", "--identity", operator, "--at", "127.0.0.1:9"), "127.0.0.1:9: ");
    }

    @Test
    @Order(8)
    void manyUsersComeAndGoAtOnce() throws IOException {
        Path rows = Files.writeString(dir.resolve("rows.csv"), "username,password\nfay,secret\ngus,\ndave,other\n");
        assertFails(account("import", rows.toString()), "line 3, gus: password: ", "1 created", "1 kept", "1 refused");
        assertThat(account("export").succeeded().output())
                .contains("\"fay@sipring.test\"")
                .doesNotContain("ha1");
        assertThat(account("export", "--secrets").succeeded().output()).contains("ha1");
    }

    @Test
    @Order(9)
    void whoIsDisabledOrRemovedIsNotServedAnyMore() throws IOException {
        account("set", DAVE, "--enabled", "false").succeeded();
        assertThat(registration()).isEqualTo(403);
        assertThat(account("remove", DAVE).succeeded().output()).contains("dave@sipring.test is removed.");
        // Whether there is such a user is told to nobody: a removed one hears what a wrong password hears.
        assertThat(registration()).isEqualTo(401);
        Phone alice = handsets.phone("alice");
        assertThat(answer(alice)).contains(404);
        assertFails(account("remove", DAVE), "there is no account dave@sipring.test");
    }

    private int registration() throws IOException {
        return handsets.phone(PHONE)
                .register(handsets.proxy("n1"), Duration.ofMinutes(1))
                .status();
    }

    @Test
    @Order(10)
    void whoseCertificateIsRevokedIsNoOperatorAnyMore() throws IOException {
        Path ca = demo.dir().resolve("ca");
        Command.sipring(LIMIT, "ca", "revoke", "admin", "--ca", ca.toString()).succeeded();
        Files.copy(ca.resolve("crl.pem"), demo.dir().resolve("nodes/n1/crl.pem"), StandardCopyOption.REPLACE_EXISTING);
        Stopwatch.until("n1 knows of it", LIMIT, () -> account("list").exit() == 1);
        assertFails(account("list"), "the node refuses the operator's certificate");
    }
}
