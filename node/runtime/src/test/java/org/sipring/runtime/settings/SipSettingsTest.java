package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.runtime.settings.SipSettings.Authentication;
import org.sipring.runtime.settings.SipSettings.Expires;
import org.sipring.runtime.settings.SipSettings.RecordRoute;
import org.sipring.runtime.settings.SipSettings.Tls;
import org.sipring.runtime.settings.SipSettings.Web;

class SipSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().sip())
                .isEqualTo(new SipSettings(
                        5060,
                        5066,
                        RecordRoute.NAME,
                        Authentication.DIGEST,
                        List.of("MD5"),
                        false,
                        false,
                        new Expires(Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofHours(2), 10),
                        0,
                        65_535,
                        new Tls(5061, Optional.empty(), Optional.empty()),
                        new Web(4080, 4443, List.of()),
                        ForeignSettings.CLOSED,
                        DefenceSettingsTest.DEFAULT,
                        List.of(),
                        CallsSettingsTest.USUAL,
                        false,
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(30)));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        Path ca = Files.createFile(folder.resolve("ca.crt"));
        assertThat(new Written(folder)
                        .read(
                                "sip { port = 6060, nodes-port = 6066, record-route = address, authentication = none",
                                "algorithms = [SHA-256, MD5], auth-int = true, any-contact = true, history-info = true, udp-loops = 4, max-message = 8KiB",
                                "nat-pings = 40s, bindings-snapshot = 1m",
                                "expires { min = 30s, default = 5m, max = 10m, spread = 20 }",
                                "tls { port = 6061, certificates = certificates, client-ca = ca.crt }",
                                "web { port = 80, secure-port = 443, origins = [\"https://phone.example.net\"] } }")
                        .sip())
                .isEqualTo(new SipSettings(
                        6060,
                        6066,
                        RecordRoute.ADDRESS,
                        Authentication.NONE,
                        List.of("SHA-256", "MD5"),
                        true,
                        true,
                        new Expires(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(10), 20),
                        4,
                        8192,
                        new Tls(6061, Optional.of(certificates), Optional.of(ca)),
                        new Web(80, 443, List.of("https://phone.example.net")),
                        ForeignSettings.CLOSED,
                        DefenceSettingsTest.DEFAULT,
                        List.of(),
                        CallsSettingsTest.USUAL,
                        true,
                        Duration.ofSeconds(40),
                        Duration.ofMinutes(1)));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.port = 70000",
                                "sip.nodes-port = many",
                                "sip.record-route = nothing",
                                "sip.algorithms = [MD4]",
                                "sip.auth-int = perhaps",
                                "sip.any-contact = perhaps",
                                "sip.max-message = 1KiB",
                                "sip.expires.min = 2h",
                                "sip.expires.max = soon",
                                "sip.udp-loops = null"))
                .containsExactly(
                        "sip.port (node.conf:1): 70000 is out of range: use 1 to 65535",
                        "sip.nodes-port (node.conf:2): it is a STRING, not a NUMBER: write a number",
                        "sip.record-route (node.conf:3): 'nothing' is unknown: use address, name",
                        "sip.algorithms (node.conf:4): 'MD4' is unknown: use MD5, SHA-256, SHA-512-256",
                        "sip.auth-int (node.conf:5): it is a STRING, not a BOOLEAN: write true or false",
                        "sip.any-contact (node.conf:6): it is a STRING, not a BOOLEAN: write true or false",
                        "sip.expires.max (node.conf:9): No number in duration value 'soon': write it like 30s or 5m",
                        "sip.expires.default: it is not between expires.min and expires.max, which are 7200 s and"
                                + " 7200 s: raise or lower one of the three",
                        "sip.udp-loops: null has no meaning here: leave the key out",
                        "sip.max-message (node.conf:7): 1024 bytes is out of range: use 4096 to 65535");
    }

    @Test
    void pingsThroughNatsAreLeftOutOrNotTooOften() throws Exception {
        assertThat(new Written(folder).read("sip.nat-pings = 0s").sip().natPings())
                .isZero();
        assertThat(new Written(folder).shortMistakes("sip.nat-pings = 100ms"))
                .containsExactly("sip.nat-pings (node.conf:1): that is too often: use 5s to 120s, or 0s for none");
        assertThat(new Written(folder).shortMistakes("sip.nat-pings = 3m"))
                .containsExactly("sip.nat-pings (node.conf:1): 180s is out of range: use 0s to 120s");
        assertThat(new Written(folder).shortMistakes("sip.nat-pings = -25s"))
                .containsExactly("sip.nat-pings (node.conf:1): -25s is out of range: use 0s to 120s");
    }

    @Test
    void bindingsAreNotWrittenOrNotTooOften() throws Exception {
        assertThat(new Written(folder).read("sip.bindings-snapshot = 0s").sip().bindingsSnapshot())
                .isZero();
        assertThat(new Written(folder).shortMistakes("sip.bindings-snapshot = 100ms"))
                .containsExactly(
                        "sip.bindings-snapshot (node.conf:1): that is too often: use 1s to 3600s, or 0s for none");
        assertThat(new Written(folder).shortMistakes("sip.bindings-snapshot = 2h"))
                .containsExactly("sip.bindings-snapshot (node.conf:1): 7200s is out of range: use 0s to 3600s");
    }

    @Test
    void aValueOfTheWrongKindSaysWhatToWrite() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes("sip.algorithms = MD5", "sip.record-route = [name]", "sip.max-message = big"))
                .containsExactly(
                        "sip.record-route (node.conf:2): it is a LIST, not a STRING: write one word, or text in double"
                                + " quotes",
                        "sip.algorithms (node.conf:1): it is a STRING, not a LIST: write a list, such as [ one, two ]",
                        "sip.max-message (node.conf:3): No number in size-in-bytes value 'big': write it like 8KiB or"
                                + " 65535");
    }

    @Test
    void whatTheSipCoreWouldRefuseOrCutIsRefusedHere() throws Exception {
        assertThat(new Written(folder).shortMistakes("sip.udp-loops = 65", "sip.max-message = 64KiB"))
                .containsExactly(
                        "sip.udp-loops (node.conf:1): 65 is out of range: use 0 to 64",
                        "sip.max-message (node.conf:2): 65536 bytes is out of range: use 4096 to 65535");
    }

    @Test
    void certificatesThatCannotBeUsedAreRefusedWithWhatIsWrong() throws Exception {
        Files.createFile(Files.createDirectory(folder.resolve("mixed")).resolve("wrong"));
        assertThat(new Written(folder)
                        .shortMistakes("sip.tls { port = 0", "certificates = nowhere", "client-ca = nobody.crt }"))
                .containsExactly(
                        "sip.tls.port (node.conf:1): 0 is out of range: use 1 to 65535",
                        "sip.tls.certificates (node.conf:2): nowhere is not a folder that this process can read: check"
                                + " its name and permissions",
                        "sip.tls.client-ca (node.conf:3): nobody.crt is not a file that this process can read: check its"
                                + " name and permissions");
        assertThat(new Written(folder).shortMistakes("sip.tls.certificates = mixed"))
                .containsExactly("sip.tls.certificates (node.conf:1): wrong is no certificate");
    }

    @Test
    void whoAsksPhonesForCertificatesShowsOneOfItsOwn() throws Exception {
        Files.createFile(folder.resolve("ca.crt"));
        assertThat(new Written(folder).shortMistakes("sip.tls.client-ca = ca.crt"))
                .containsExactly(
                        "sip.tls.client-ca (node.conf:1): phones that show a certificate see one of yours: name"
                                + " their folder in sip.tls.certificates");
    }

    @Test
    void anOriginIsNoPage() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes("sip.web.origins = [\"https://phone.test/page\", \"*\"]", "sip.web.port = 5060"))
                .containsExactly(
                        "sip.web.origins (node.conf:1): 'https://phone.test/page' is no origin: write it like"
                                + " https://phone.example.org, without a path, or * for all",
                        "sip.web.port (node.conf:2): 5060 is the port of sip.port too: the ports of a node must differ,"
                                + " give each its own");
    }

    @Test
    void digestNeedsAnAlgorithm() throws Exception {
        assertThat(new Written(folder).shortMistakes("sip.algorithms = []"))
                .containsExactly("sip.algorithms (node.conf:1): digest needs one at least, such as MD5");
    }
}
