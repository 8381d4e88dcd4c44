package org.sipring.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.wire.TsigKey;
import org.sipring.testkit.SimChance;

/** The embedded server as others see it: dig and nsupdate of BIND, kdig of Knot. */
@Tag("acceptance")
class ForeignClientsTest {
    private final TsigKey key = TsigKey.generate("sipring", new SimChance(7));
    private Embedded server;
    private Path keyFile;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        keyFile = folder.resolve("tsig.key");
        key.write(keyFile);
        server = Embedded.start(folder.resolve("data"), key);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String run(String input, String... command) throws IOException {
        Path in = Files.writeString(folder.resolve("input"), input);
        Path out = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.ISO_8859_1);
    }

    private String ask(String program, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program, "@127.0.0.1", "-p", Integer.toString(server.address().getPort())));
        command.addAll(List.of(words));
        return run("", command.toArray(String[]::new));
    }

    private String update(List<String> options, String... lines) throws IOException {
        List<String> command = new ArrayList<>(List.of("nsupdate"));
        command.addAll(options);
        String script = "server 127.0.0.1 " + server.address().getPort() + "\nzone sipring.test\n"
                + String.join("\n", lines) + "\nsend\nanswer\n";
        return run(script, command.toArray(String[]::new));
    }

    private List<String> withKey() {
        return List.of("-k", keyFile.toString());
    }

    private String secret() throws IOException {
        return Files.readString(keyFile).replaceAll("(?s).*secret \"([^\"]*)\".*", "$1");
    }

    private void fill() throws IOException {
        String[] lines = IntStream.range(0, 60)
                .mapToObj(at -> "update add _sip._tcp.sipring.test. 30 SRV 10 100 5060 n" + at + ".sipring.test.")
                .toArray(String[]::new);
        assertThat(update(withKey(), lines)).contains("status: NOERROR");
    }

    @Test
    void digGetsAuthoritativeAnswersWithEdns() throws IOException {
        assertThat(ask("dig", "SOA", "sipring.test"))
                .contains("status: NOERROR", "flags: qr aa rd;", "EDNS: version: 0, flags:; udp: 1232")
                .contains("ns.sipring.test. hostmaster.sipring.test.")
                .doesNotContain("WARNING: Message parser", "malformed");
        assertThat(ask("dig", "NS", "sipring.test")).contains("ns.sipring.test.\t30\tIN\tA\t127.0.0.1");
        assertThat(ask("dig", "A", "nothing.sipring.test")).contains("status: NXDOMAIN", "sipring.test.\t\t5\tIN\tSOA");
        assertThat(ask("dig", "CH", "TXT", "version.bind")).contains("status: REFUSED");
        assertThat(ask("dig", "+noednsneg", "+edns=1", "SOA", "sipring.test")).contains("status: BADVERS");
        assertThat(ask("dig", "+opcode=notify", "SOA", "sipring.test")).contains("status: NOTIMP");
    }

    @Test
    void digTriesTcpWhenAnAnswerIsTruncated() throws IOException {
        fill();
        assertThat(ask("dig", "+ignore", "+noedns", "SRV", "_sip._tcp.sipring.test"))
                .contains("flags: qr aa tc rd;", "ANSWER: 0");
        assertThat(ask("dig", "+noedns", "SRV", "_sip._tcp.sipring.test"))
                .contains("Truncated, retrying in TCP mode", "ANSWER: 60", "(TCP)");
        assertThat(ask("dig", "+ignore", "+bufsize=1232", "+dnssec", "SRV", "_sip._tcp.sipring.test"))
                .contains(" tc ", "flags: do; udp: 1232");
    }

    @Test
    void digTransfersTheZoneWithTheKeyOnly() throws IOException {
        fill();
        assertThat(ask("dig", "AXFR", "sipring.test")).contains("Transfer failed");
        assertThat(ask("dig", "-k", keyFile.toString(), "AXFR", "sipring.test"))
                .contains("XFR size: 64 records")
                .doesNotContain("verify failure", "Couldn't verify", "failed");
    }

    @Test
    void digVerifiesTheSignatureOfAnAnswer() throws IOException {
        assertThat(ask("dig", "-k", keyFile.toString(), "SOA", "sipring.test"))
                .contains("status: NOERROR", "TSIG PSEUDOSECTION", "NOERROR 0")
                .doesNotContain("verify");
    }

    @Test
    void kdigAgrees() throws IOException {
        fill();
        assertThat(ask("kdig", "+tcp", "SRV", "_sip._tcp.sipring.test")).contains("status: NOERROR", "ANSWER: 60");
        assertThat(ask("kdig", "+edns", "+bufsize=4096", "SRV", "_sip._tcp.sipring.test"))
                .contains("ANSWER: 60");
        assertThat(ask("kdig", "-y", "hmac-sha256:sipring:" + secret(), "AXFR", "sipring.test"))
                .contains("64 records")
                .doesNotContain("WARNING");
    }

    @Test
    void nsupdateOverUdpAndTcpIsAppliedAndVerified() throws IOException {
        assertThat(update(
                        withKey(), "prereq nxrrset n1.sipring.test. A", "update add n1.sipring.test. 30 A 127.0.0.11"))
                .contains("status: NOERROR")
                .doesNotContain("failed");
        List<String> tcp = new ArrayList<>(withKey());
        tcp.add("-v");
        assertThat(update(
                        tcp,
                        "prereq yxrrset n1.sipring.test. A 127.0.0.11",
                        "update delete n1.sipring.test. A",
                        "update add n1.sipring.test. 30 AAAA 2001:db8::1"))
                .contains("status: NOERROR");
        assertThat(ask("dig", "+short", "AAAA", "n1.sipring.test")).isEqualTo("2001:db8::1\n");
        assertThat(ask("dig", "+short", "A", "n1.sipring.test")).isEmpty();
    }

    @Test
    void nsupdateHearsOfFailedPrerequisitesAndRefusals() throws IOException {
        assertThat(update(withKey(), "prereq yxdomain n9.sipring.test.", "update add n9.sipring.test. 30 A 127.0.0.9"))
                .contains("NXDOMAIN");
        assertThat(update(withKey(), "update add w.sipring.test. 30 CNAME n1.sipring.test."))
                .contains("REFUSED");
        assertThat(update(List.of(), "update add n1.sipring.test. 30 A 127.0.0.11"))
                .contains("REFUSED");
        assertThat(update(
                        List.of("-y", "hmac-sha256:sipring:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="),
                        "update add n1.sipring.test. 30 A 127.0.0.11"))
                .contains("NOTAUTH(BADSIG)");
    }

    @Test
    void theZoneFileIsAMasterFile() throws IOException {
        fill();
        String file = folder.resolve("data/sipring.test.zone").toString();
        assertThat(run("", "named-checkzone", "-i", "none", "sipring.test", file))
                .endsWith("OK\n");
    }
}
