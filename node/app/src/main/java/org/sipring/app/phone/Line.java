package org.sipring.app.phone;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;

/** A phone's UDP socket. Blocks; one thread at a time. */
final class Line implements AutoCloseable {
    private static final int LARGEST = 65_535;
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int KEPT = 100;

    private final DatagramSocket socket;
    private final Deque<Received> kept = new ArrayDeque<>();

    /**
     * A message and where it came from.
     *
     * @param message the message
     * @param from its source
     */
    record Received(SipMessage message, InetSocketAddress from) {}

    Line(InetAddress local) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(local, 0));
    }

    InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(SipMessage message, InetSocketAddress to) throws IOException {
        byte[] bytes = message.bytes();
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** The next message that is wanted; others are kept for a later call. Empty when none came in time. */
    Optional<Received> await(Duration limit, Predicate<SipMessage> wanted) throws IOException {
        long glances = Math.max(1, limit.dividedBy(GLANCE));
        for (long i = 0; i < glances; i++) {
            Optional<Received> found =
                    kept.stream().filter(each -> wanted.test(each.message())).findFirst();
            if (found.isPresent()) {
                kept.remove(found.get());
                return found;
            }
            receive();
        }
        return Optional.empty();
    }

    /** Keeps a message for a later call of {@link #await}. */
    void putBack(Received received) {
        kept.addFirst(received);
    }

    private void receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        socket.setSoTimeout((int) GLANCE.toMillis());
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return;
        }
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        if (SipMessage.parse(bytes) instanceof ParseResult.Parsed parsed) {
            kept.addLast(new Received(parsed.message(), (InetSocketAddress) packet.getSocketAddress()));
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
