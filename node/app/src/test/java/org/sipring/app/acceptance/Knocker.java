package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import org.sipring.runtime.SystemChance;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestClient;

/** Somebody at an address of its own who knocks at nodes over UDP and TCP, and has no transactions. */
final class Knocker implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1_000;

    private final InetAddress address;
    private final DatagramSocket socket;
    private int branches;

    Knocker(String host) {
        try {
            address = InetAddress.getByName(host);
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SipMessage request(String method) {
        return SipMessage.request(method, "sip:sipring.test")
                .add(
                        "Via",
                        "SIP/2.0/UDP %s:%d;rport;branch=z9hG4bK-knock-%d"
                                .formatted(address.getHostAddress(), socket.getLocalPort(), branches++))
                .add("Max-Forwards", "70")
                .add("From", "<sip:alice@sipring.test>;tag=knock")
                .add("To", "<sip:" + (method.equals("REGISTER") ? "alice@" : "") + "sipring.test>")
                .add("Call-ID", "knock-" + address.getHostAddress())
                .add("CSeq", (branches + 1) + " " + method)
                .add("Content-Length", "0")
                .build();
    }

    void send(String node, SipMessage message) {
        try {
            byte[] bytes = message.bytes();
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(node, 5060)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer; empty when none comes. */
    Optional<SipMessage> hear() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            ParseResult result = SipMessage.parse(Arrays.copyOf(packet.getData(), packet.getLength()));
            return Optional.of(((ParseResult.Parsed) result).message());
        } catch (SocketTimeoutException silent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a challenge to alice with a guess; tells the status of what it hears then. */
    int guess(String node, String password) {
        SipMessage register = request("REGISTER");
        send(node, register);
        SipMessage challenge = hear().orElseThrow();
        send(
                node,
                new DigestClient("alice", password, new SystemChance())
                        .retry(register, challenge)
                        .orElseThrow()
                        .build());
        return hear().orElseThrow().status();
    }

    boolean isHeardByUdp(String node) {
        send(node, request("OPTIONS"));
        return hear().isPresent();
    }

    /** Whether a connection is answered, and not just closed. */
    boolean isHeardByTcp(String node) {
        try (Socket connection = new Socket()) {
            connection.bind(new InetSocketAddress(address, 0));
            connection.connect(new InetSocketAddress(node, 5060), PATIENCE_MILLIS);
            connection.setSoTimeout(PATIENCE_MILLIS);
            connection.getOutputStream().write(request("OPTIONS").bytes());
            return connection.getInputStream().read() > 0;
        } catch (SocketException reset) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
