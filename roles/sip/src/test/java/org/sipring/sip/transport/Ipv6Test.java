package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.sip.HostPort;
import org.sipring.sip.SipUri;

/** A node whose address is an IPv6 address, on real sockets. */
final class Ipv6Test {
    private static final byte[] OPTIONS =
            """
            OPTIONS sip:sipring.test SIP/2.0
            Via: SIP/2.0/UDP [::1]:5070;branch=z9hG4bK1;rport
            From: <sip:alice@sipring.test>;tag=a
            To: <sip:sipring.test>
            Call-ID: call-1
            CSeq: 1 OPTIONS
            Content-Length: 0

            """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);

    private Wire wire;
    private InetSocketAddress here;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        wire = new Wire(
                "::1",
                Credentials.of(TestIdentity.without()),
                NetworkSettings.NODE_PORT,
                NetworkSettings.Limits.DEFAULT);
        here = wire.network.phones();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aDatagramIsHeardAndAnswered() throws IOException, InterruptedException {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            phone.setSoTimeout(10_000);
            phone.send(new DatagramPacket(OPTIONS, OPTIONS.length, here));
            DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
            phone.receive(answer);
            assertThat(answer.getLength()).isEqualTo(OPTIONS.length);
            Flow flow = Wire.next(wire.flows);
            assertThat(flow.local()).isEqualTo(here);
            assertThat(HostPort.plain(flow.remote().getAddress()))
                    .as("without the zone that native sockets tell")
                    .isEqualTo("0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void aStreamIsHeardAndAnswered() throws IOException {
        try (Socket phone = new Socket()) {
            phone.connect(here, 5_000);
            phone.setSoTimeout(10_000);
            phone.getOutputStream().write(OPTIONS);
            assertThat(phone.getInputStream().readNBytes(OPTIONS.length)).isEqualTo(OPTIONS);
        }
    }

    @Test
    void whatItWritesOfItselfLeadsBackToIt() throws InterruptedException {
        SipUri uri = SipUri.parse("sip:" + HostPort.of(here)).orElseThrow();
        assertThat(uri.host()).startsWith("[");
        SipLoop loop = Wire.next(wire.loops);
        BlockingQueue<Dialled> opened = new LinkedBlockingQueue<>();
        loop.ticker().execute(() -> loop.connect(uri.address().orElseThrow(), opened::add));
        assertThat(Wire.next(opened).open()).isPresent();
    }
}
