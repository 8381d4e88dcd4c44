package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that does not read what it is sent costs a bounded number of bytes: on real sockets. */
final class SlowReaderTest {
    private static final int BODY = 60_000;
    private static final byte[] MESSAGE = message();
    // More than the kernel holds for both ends: buffers grow to some 4 MB for sending and 6 MB for receiving.
    private static final int MESSAGES = 600;
    private static final long ALL = (long) MESSAGES * MESSAGE.length;
    private static final int TURNS = 200;

    private static byte[] message() {
        return ("""
                OPTIONS sip:sipring.test SIP/2.0
                Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK1
                Max-Forwards: 70
                From: <sip:alice@sipring.test>;tag=a
                To: <sip:sipring.test>
                Call-ID: call-1
                CSeq: 1 OPTIONS
                Content-Length: %d

                """
                                .formatted(BODY)
                                .replace("\n", "\r\n")
                        + "x".repeat(BODY))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Wire wire(int pending) throws IOException, GeneralSecurityException {
        Duration patience = Duration.ofMinutes(5);
        return new Wire(
                TestIdentity.without(),
                NetworkSettings.NODE_PORT,
                new NetworkSettings.Limits(65_535, 10, 10, patience, patience, pending));
    }

    /** The node answers each message with the same, and stops reading when its answers are not read. */
    @Test
    void whoDoesNotReadIsNotReadFromUntilItDoes() throws Exception {
        try (Wire wire = wire(Integer.MAX_VALUE);
                SocketChannel phone = SocketChannel.open(wire.network.phones())) {
            phone.configureBlocking(false);
            Sender sender = new Sender(phone);
            sender.sendUntilStuck(wire);
            assertThat(sender.sent).as("the node stops reading").isLessThan(ALL);
            assertThat(sender.exchangeAll()).as("it goes on, and loses nothing").isEqualTo(ALL);
            assertThat(wire.results).hasSize(MESSAGES);
        }
    }

    /** A phone that sends messages one after the other. For one thread. */
    private static final class Sender {
        private final SocketChannel phone;
        private final ByteBuffer message = ByteBuffer.wrap(MESSAGE);
        private long sent;

        Sender(SocketChannel phone) {
            this.phone = phone;
        }

        // Some more bytes; 0 when the kernel takes none now.
        private int send() throws IOException {
            if (!message.hasRemaining()) {
                message.rewind();
            }
            int more = phone.write(message);
            sent += more;
            return more;
        }

        /** Sends until neither the kernel takes anything nor a node that turns and turns reads anything. */
        void sendUntilStuck(Wire wire) throws IOException, InterruptedException {
            int quiet = 0;
            while (quiet < TURNS && sent < ALL) {
                quiet = send() > 0 ? 0 : quiet + 1;
                turn(wire);
            }
        }

        /** Sends the rest, and reads what is answered. */
        long exchangeAll() throws IOException {
            ByteBuffer into = ByteBuffer.allocate(1 << 20);
            long read = 0;
            try (Selector selector = Selector.open()) {
                SelectionKey key = phone.register(selector, SelectionKey.OP_READ);
                while (read < ALL) {
                    key.interestOps(sent < ALL ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    assertThat(selector.select(10_000))
                            .as("something happens within 10 s of byte %d", read)
                            .isPositive();
                    selector.selectedKeys().clear();
                    if (sent < ALL) {
                        send();
                    }
                    read += Math.max(0, phone.read(into.clear()));
                }
            }
            return read;
        }
    }

    // Every loop takes up what has arrived at its sockets, before or after what it is asked here.
    private static void turn(Wire wire) throws InterruptedException {
        BlockingQueue<SipLoop> turned = new LinkedBlockingQueue<>();
        for (SipLoop loop : wire.loops) {
            loop.ticker().execute(() -> turned.add(loop));
        }
        for (int i = 0; i < wire.loops.size(); i++) {
            Wire.next(turned);
        }
    }

    /** By its own loop or by another, from which a call may come. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoLetsTooMuchWaitIsClosed(int sending) throws Exception {
        int pending = 1 << 20;
        try (Wire wire = wire(pending);
                SocketChannel phone = SocketChannel.open(wire.network.phones())) {
            phone.write(ByteBuffer.wrap(MESSAGE));
            Flow flow = Wire.next(wire.flows);
            BlockingQueue<Long> taken = new LinkedBlockingQueue<>();
            SipLoop loop = List.copyOf(wire.loops).get(sending);
            loop.ticker().execute(() -> taken.add(sendAll(loop, flow)));
            assertThat(Wire.next(taken))
                    .as("bytes that were taken before it was closed")
                    .isBetween((long) pending, ALL - 1);
            assertThat(Wire.next(wire.closed)).isEqualTo(flow);
            assertThat(wire.network.connections()).isZero();
            readToTheEnd(phone);
        }
    }

    private static long sendAll(SipLoop loop, Flow flow) {
        long taken = 0;
        while (taken < ALL && loop.send(flow, MESSAGE)) {
            taken += MESSAGE.length;
        }
        return taken;
    }

    // What the kernel had taken may arrive; then the end does, as one of both kinds.
    private static void readToTheEnd(SocketChannel phone) throws IOException {
        phone.socket().setSoTimeout(10_000);
        byte[] into = new byte[1 << 20];
        int read = 0;
        try {
            while (read >= 0) {
                read = phone.socket().getInputStream().read(into);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
