package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.sip.tls.CertificateFolder;
import org.sipring.sip.tls.DomainTls;
import org.sipring.sip.tls.DomainTrust;
import org.sipring.sip.tls.PemPair;

/** Two domains that meet on real sockets: RFC 5922 sections 7.1 to 7.4. */
final class Rfc5922Section7Test {
    private static final NetworkSettings.Limits LIMITS =
            new NetworkSettings.Limits(65_535, 1_000, 1_000, Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);
    private static final byte[] OPTIONS =
            """
            OPTIONS sip:there.test SIP/2.0
            Via: SIP/2.0/TLS 127.0.0.1:5070;branch=z9hG4bK1
            From: <sip:alice@here.test>;tag=a
            To: <sip:there.test>
            Call-ID: call-1
            CSeq: 1 OPTIONS
            Content-Length: 0

            """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static DomainTrust both;
    private static DomainTrust nobody;

    /** The threads in which those who connect were judged. */
    private final Set<String> judges = ConcurrentHashMap.newKeySet();

    private final BlockingQueue<Dialled> dialled = new LinkedBlockingQueue<>();
    private Wire here;
    private Wire there;

    @BeforeAll
    static void make() throws Exception {
        String cas = "";
        for (String domain : new String[] {"here.test", "there.test"}) {
            PemPair pair = PemPair.make(folder, "EC", "uri:sip:" + domain, "dns:host." + domain, "dns:*.test");
            pair.write(folder.resolve(domain), "a");
            cas += pair.certificate();
        }
        both = trust("both", cas);
        nobody = trust("nobody", PemPair.make(folder, "EC", "dns:nobody.test").certificate());
    }

    private static DomainTrust trust(String name, String cas) throws IOException {
        return DomainTrust.open(Optional.of(Files.writeString(folder.resolve(name), cas)));
    }

    private Wire wire(String domain, DomainTrust trust) throws Exception {
        CertificateFolder shown = CertificateFolder.open(folder.resolve(domain), Optional.empty(), Optional.of(trust));
        DomainTls tls = new DomainTls(trust, domain, Optional.of(shown), name -> {
            judges.add(Thread.currentThread().getName());
            return name.endsWith(".test");
        });
        return new Wire(
                new Credentials(TestIdentity.without(), shown, Optional.of(tls)), NetworkSettings.NODE_PORT, LIMITS);
    }

    @BeforeEach
    void open() throws Exception {
        here = wire("here.test", both);
        there = wire("there.test", both);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static InetSocketAddress server(Wire wire) {
        return wire.loops.element().local(Transport.TLS);
    }

    private Dialled dial(Wire from, InetSocketAddress remote, String domain) throws InterruptedException {
        SipLoop loop = from.loops.element();
        loop.ticker().execute(() -> loop.secure(remote, domain, dialled::add));
        return Wire.next(dialled);
    }

    @Test
    void eachProvesItsDomainToTheOther() throws Exception {
        Flow flow = dial(here, server(there), "there.test").open().orElseThrow();
        assertThat(flow.transport()).isEqualTo(Transport.TLS);
        assertThat(flow.proof().domains()).as("a SIP URI outweighs DNS names").containsExactly("there.test");
        assertThat(flow.proof().mutual()).isTrue();
        here.loops.element().send(flow, OPTIONS);
        Flow seen = Wire.next(there.flows);
        assertThat(seen.transport()).isEqualTo(Transport.TLS);
        assertThat(seen.proof().domains()).containsExactly("here.test");
        assertThat(judges)
                .as("no thread that serves calls verifies a stranger's chain")
                .isNotEmpty()
                .allMatch(thread -> thread.startsWith("sip-phone-tls"));
        assertThat(dial(here, server(there), "there.test").flow())
                .as("it is used again")
                .isEqualTo(flow);
    }

    @Test
    void theDomainIsLookedForAndNeitherTheHostNorAWildcard() throws Exception {
        for (String wanted : new String[] {"other.test", "host.there.test", "127.0.0.1"}) {
            assertThat(dial(here, server(there), wanted)).as(wanted).isEqualTo(Dialled.IMPOSTOR);
        }
        assertThat(there.flows).isEmpty();
    }

    @Test
    void aCertificateThatNoTrustedCaSignedProvesNothing() throws Exception {
        try (Wire doubting = wire("here.test", nobody)) {
            assertThat(dial(doubting, server(there), "there.test")).isEqualTo(Dialled.IMPOSTOR);
            Flow flow = dial(there, server(doubting), "here.test").open().orElseThrow();
            there.loops.element().send(flow, OPTIONS);
            assertThat(Wire.next(doubting.flows).proof().domains())
                    .as("who connects stays a stranger")
                    .isEmpty();
        }
    }

    @Test
    void whereNobodyListensNobodyIsAnImpostor() throws Exception {
        InetSocketAddress gone = server(there);
        there.close();
        assertThat(dial(here, gone, "there.test")).isEqualTo(Dialled.NOBODY);
    }

    /** RFC 5923 section 8. */
    @Test
    void aConnectionThatItsOwnerGivesIsUsedForRequestsToItAndNoOther() throws Exception {
        Flow flow = dial(here, server(there), "there.test").open().orElseThrow();
        here.loops.element().send(flow, OPTIONS);
        Flow seen = Wire.next(there.flows);
        there.loops.element().alias(seen, 5061);
        InetSocketAddress alias = new InetSocketAddress("127.0.0.1", 5061);
        assertThat(dial(there, alias, "here.test").flow()).isEqualTo(seen);
        assertThat(dial(there, alias, "127.0.0.1").flow()).isEqualTo(seen);
        assertThat(dial(there, alias, "other.test")).isEqualTo(Dialled.NOBODY);
        here.network.close();
        assertThat(Wire.next(there.closed)).isEqualTo(seen);
        assertThat(dial(there, alias, "here.test")).isEqualTo(Dialled.NOBODY);
    }
}
