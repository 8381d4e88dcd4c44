package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JsSIP and SIP.js in Chromium, over WebSocket, with each other and with a phone; their media is left out. */
@Tag("acceptance")
@Timeout(200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserTest {

    private final Path dir;
    private final DemoRun demo;

    BrowserTest(@TempDir Path dir) {
        this.dir = dir;
        Browser.install();
        this.demo = DemoRun.start(dir.resolve("demo"));
        Browser.trust(demo);
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private Browser jssip(String user, String url) {
        return new Browser("jssip.js", url, user, demo);
    }

    private Browser sipjs(String user, String url) {
        return new Browser("sipjs.js", url, user, demo);
    }

    private String wss(String node) {
        return "wss://" + demo.address(node) + ":4443";
    }

    private String ws(String node) {
        return "ws://" + demo.address(node) + ":4080";
    }

    @Test
    void browsersAtTwoNodesSendEachOtherMessages() {
        try (Browser alice = jssip("alice", wss("n1"));
                Browser bob = sipjs("bob", ws("n2"))) {
            alice.says("registered");
            bob.says("registered");
            alice.type("message bob hello bob");
            bob.says("message alice hello bob");
            alice.says("delivered");
            bob.type("message alice hello alice");
            alice.says("message bob hello alice");
            bob.says("delivered");
        }
    }

    @Test
    void aBrowserAndAPhoneCallEachOtherAndEitherHangsUp() {
        try (Browser bob = sipjs("bob", wss("n3"));
                Baresip carol = phone("carol", ";answermode=auto")) {
            bob.says("registered");
            carol.says("200 OK");
            bob.type("call carol");
            bob.says("established");
            carol.says("Call established");
            bob.type("bye");
            bob.says("ended");
            carol.says("session closed");
            try (Baresip alice = phone("alice", "", "/dial sip:bob@sipring.test")) {
                alice.says("Call established");
                bob.says("established", 2);
            }
            bob.says("ended", 2);
        }
    }

    @Test
    void aPhoneHearsThatABrowserIsBusy() {
        try (Browser alice = jssip("alice", wss("n2"))) {
            alice.says("registered");
            try (Baresip carol = phone("carol", "", "/dial sip:alice@sipring.test")) {
                alice.says("called by carol");
                carol.says("SIP/2.0 486 ");
            }
        }
    }

    @Test
    void chromiumFindsTheNameOfAllNodesInTheCertificateOfEach() {
        try (Browser alice = jssip("alice", "wss://proxy.sipring.test:4443")) {
            alice.says("registered");
        }
    }

    @Test
    void chromiumTrustsNoNodeUnderANameThatIsNotTheirs() {
        try (Browser alice = jssip("alice", "wss://elsewhere.sipring.test:4443")) {
            alice.says("disconnected");
        }
    }

    @Test
    void chromiumTrustsNoNodeWhoseCaItDoesNotKnow() {
        try (Browser alice = new Browser("jssip.js", wss("n1"), "alice", demo, dir)) {
            alice.says("disconnected");
        }
    }

    private Baresip phone(String user, String options, String... commands) {
        String account = "<sip:%s@sipring.test;transport=udp>;auth_pass=%s;regint=600%s"
                .formatted(user, demo.password(user), options);
        try {
            return new Baresip(Files.createTempDirectory(dir, user), account, commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
