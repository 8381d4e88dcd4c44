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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sipring.api.Meter;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.SipStack;
import org.sipring.sip.transaction.StackSettings;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transaction.TransactionUser;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.torture.Torture;
import org.sipring.testkit.torture.TortureMessage;

/** RFC 4475 and RFC 5118 on real sockets: each message gets its answer or none, and the node goes on. */
@Timeout(20)
final class TortureOnTheWireTest implements Meter {
    private static final Pattern STATUS = Pattern.compile("(?m)^SIP/2.0 (\\d{3}) ");
    private static final NetworkSettings.Limits LIMITS =
            new NetworkSettings.Limits(65_535, 10, 5, Duration.ofSeconds(10), Duration.ofSeconds(10), 1 << 20);
    private static final String FINE =
            """
            OPTIONS sip:sipring.test SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKfine
            Max-Forwards: 70
            From: <sip:ada@sipring.test>;tag=w1
            To: <sip:sipring.test>
            Call-ID: fine
            CSeq: 1 OPTIONS
            Content-Length: 0

            """;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private NettyNetwork network;

    static List<TortureMessage> all() {
        return Torture.all();
    }

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        SipStack stack = new SipStack(StackSettings.DEFAULT, new SimChance(1), this, Pleased::new);
        network = NettyNetwork.open(
                new NetworkSettings("127.0.0.1", 0, 0, NetworkSettings.NODE_PORT, 2, LIMITS),
                Credentials.of(TestIdentity.without()),
                Wire.clock(),
                stack::attach);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDatagramGetsItsAnswerAndTheNextOneToo(TortureMessage message) throws IOException {
        try (DatagramSocket phone = new DatagramSocket(0, loopback)) {
            phone.setSoTimeout(10_000);
            send(phone, message.from(phone.getLocalPort()));
            send(phone, fine());
            // One sender's datagrams are heard in one loop, one after the other.
            List<Integer> answers = new ArrayList<>();
            for (String answer = receive(phone); !answer.contains("Call-ID: fine"); answer = receive(phone)) {
                answers.addAll(statuses(answer));
            }
            assertThat(answers).isEqualTo(message.answers());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStreamGetsItsAnswerAndTheNextOneToo(TortureMessage message) throws IOException {
        assertThat(statuses(stream(message.from(5060)))).isEqualTo(message.streamed());
        assertThat(stream(fine())).startsWith("SIP/2.0 200 OK\r\n");
    }

    private static byte[] fine() {
        return FINE.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private void send(DatagramSocket phone, byte[] message) throws IOException {
        phone.send(new DatagramPacket(message, message.length, network.phones()));
    }

    private static String receive(DatagramSocket phone) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        phone.receive(packet);
        return new String(Arrays.copyOf(packet.getData(), packet.getLength()), StandardCharsets.UTF_8);
    }

    /** Sends all that is to be sent over a connection, and hears all that is answered. */
    private String stream(byte[] message) throws IOException {
        try (Socket phone = new Socket()) {
            InetSocketAddress there = network.phones();
            phone.connect(there, 5_000);
            phone.setSoTimeout(10_000);
            phone.getOutputStream().write(message);
            phone.shutdownOutput();
            return new String(phone.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Integer> statuses(String answers) {
        List<Integer> statuses = new ArrayList<>();
        for (Matcher line = STATUS.matcher(answers); line.find(); ) {
            statuses.add(Integer.valueOf(line.group(1)));
        }
        return statuses;
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}

    /** Answers 200 to whatever is asked. */
    private static final class Pleased implements TransactionUser {
        Pleased(TransactionLayer layer) {
            layer.loop();
        }

        @Override
        public void request(ServerTransaction transaction) {
            transaction.respondStateless(transaction.response(200));
        }

        @Override
        public void ack(Flow flow, SipMessage ack) {}
    }
}
