package org.sipring.proxy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sipring.sip.HostPort;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;

/** A phone that answers 200 to whatever it is asked, over UDP and in a thread of its own. */
final class PleasedPhone implements AutoCloseable {
    private final DatagramSocket socket;

    PleasedPhone(InetAddress host) throws IOException {
        socket = new DatagramSocket(0, host);
    }

    /** Registers as a user, and answers from then on. */
    void register(String user, InetSocketAddress node) throws IOException {
        socket.setSoTimeout(10_000);
        byte[] register = request(user, (InetSocketAddress) socket.getLocalSocketAddress());
        socket.send(new DatagramPacket(register, register.length, node));
        SipMessage answer = message(receive());
        if (answer.status() != 200) {
            throw new IOException(user + " is not registered: " + answer);
        }
        socket.setSoTimeout(0);
        Thread answers = new Thread(this::answer, user);
        answers.setDaemon(true);
        answers.start();
    }

    /** A REGISTER as phones send it. */
    static byte[] request(String user, InetSocketAddress from) {
        return """
                REGISTER sip:sipring.test SIP/2.0
                Via: SIP/2.0/UDP HERE;rport;branch=z9hG4bKordinary
                Max-Forwards: 70
                From: <sip:USER@sipring.test>;tag=o1
                To: <sip:USER@sipring.test>
                Call-ID: ordinary
                CSeq: 1 REGISTER
                Contact: <sip:USER@HERE>
                Content-Length: 0

                """
                .replace("USER", user)
                .replace("HERE", HostPort.of(from).toString())
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void answer() {
        try {
            while (true) {
                DatagramPacket packet = receive();
                SipMessage request = message(packet);
                byte[] answer = Responses.of(request, 200, "pleased").bytes();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private DatagramPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return packet;
    }

    private static SipMessage message(DatagramPacket packet) throws IOException {
        ParseResult result = SipMessage.parse(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (result instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new IOException("no message: " + result);
    }

    @Override
    public void close() {
        socket.close();
    }
}
