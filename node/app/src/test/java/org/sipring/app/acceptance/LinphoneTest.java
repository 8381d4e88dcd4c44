package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.accounts.Account;
import org.sipring.accounts.AccountsFile;
import org.sipring.sip.digest.DigestAlgorithm;

/** An unmodified linphone that finds the platform by the system's name server, and baresip phones at two nodes. */
@Tag("acceptance")
@Timeout(200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LinphoneTest {
    private static final String NAME_SERVER = "127.0.0.53";
    private static final String FORWARDER =
            """
            options { directory "."; pid-file none; listen-on { %s; }; listen-on-v6 { none; };
                      forward only; forwarders { 127.0.0.1 port 5300; }; dnssec-validation no; };
            controls {};
            """
                    .formatted(NAME_SERVER);

    private static final Linphone.Account DORA = new Linphone.Account("dora", "example.net", "a secret of hers");

    private final Path dir;
    private final Namespace namespace;
    private final Process forwarder;
    private final DemoRun demo;

    LinphoneTest(@TempDir Path dir) throws IOException {
        this.dir = dir;
        namespace = new Namespace(dir, NAME_SERVER);
        Files.writeString(dir.resolve("named.conf"), FORWARDER);
        forwarder = namespace.run("/usr/sbin/named", "-c", "named.conf", "-g", "-n", "1");
        try {
            demo = DemoRun.start(namespace, platform(dir.resolve("demo")));
        } catch (RuntimeException | AssertionError e) {
            end();
            throw e;
        }
    }

    // With a second domain, whose users are asked for another hash.
    private static Path platform(Path demo) throws IOException {
        Files.createDirectories(demo);
        Files.writeString(
                demo.resolve("nodes.conf"), "sip.domains = [ { name = example.net, algorithms = [ SHA-256 ] } ]");
        Account dora = Account.of(DORA.user() + '@' + DORA.domain(), DORA.password(), List.of(DigestAlgorithm.SHA_256));
        Files.writeString(demo.resolve("accounts"), AccountsFile.line(dora) + '\n');
        return demo;
    }

    @AfterAll
    void stop() {
        demo.close();
        end();
    }

    private void end() {
        forwarder.destroy();
        forwarder.onExit().join();
        namespace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void linphoneRegistersCallsPhonesOfTwoNodesAndIsCalled(String transport) {
        try (Linphone alice = linphone(transport);
                Baresip bob = phone("bob", "n1", ";answermode=auto")) {
            alice.answers("status register", "registered, identity=sip:alice@sipring.test");
            bob.says("200 OK");
            try (Baresip carol = phone("carol", "n2", ";answermode=auto")) {
                carol.says("200 OK");
                talk(alice, "bob", bob, 1);
                talk(alice, "carol", carol, 2);
                assertThat(Stream.of(bob, carol).map(phone -> phone.edges().size()))
                        .as("nodes on the way to each")
                        .contains(2);
            }
            try (Baresip carol = phone("carol", "n2", "", "/dial sip:alice@sipring.test")) {
                carol.says("Call established");
                alice.says("with sip:carol@sipring.test connected", 2);
            }
            alice.says("with sip:carol@sipring.test ended", 2);
        }
    }

    @Test
    void linphoneProvesItselfWithSha256WhereItsDomainAsksForIt() {
        try (Linphone dora = linphone(DORA, "tcp");
                Baresip bob = phone("bob", "n2", ";answermode=auto")) {
            dora.answers("status register", "registered, identity=sip:dora@example.net");
            bob.says("200 OK");
            talk(dora, "bob", bob, 1);
            assertThat(dora.logged())
                    .containsPattern("\nAuthorization: +Digest realm=\"example\\.net\"[^\n]*algorithm=SHA-256")
                    .containsPattern("\nProxy-Authorization: +Digest realm=\"example\\.net\"[^\n]*algorithm=SHA-256");
        }
    }

    private static void talk(Linphone caller, String name, Baresip callee, int calls) {
        caller.type("call sip:" + name + "@sipring.test");
        caller.says("Media streams established", calls);
        callee.says("Call established");
        caller.type("terminate");
        callee.says("session closed");
    }

    private Linphone linphone(String transport) {
        return linphone(new Linphone.Account("alice", "sipring.test", demo.password("alice")), transport);
    }

    private Linphone linphone(Linphone.Account account, String transport) {
        Path ca = demo.dir().resolve("ca/ca.crt");
        return new Linphone(folder("linphone"), namespace, account, transport, ca);
    }

    private Baresip phone(String user, String node, String options, String... commands) {
        String account = "<sip:%s@sipring.test;transport=udp>;auth_pass=%s;regint=600;outbound=\"sip:%s\"%s"
                .formatted(user, demo.password(user), demo.address(node), options);
        List<String> resolver = List.of("dns_server " + NAME_SERVER + ":53");
        return new Baresip(folder(user), namespace.inside(), resolver, account, commands);
    }

    private Path folder(String name) {
        try {
            return Files.createTempDirectory(dir, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
