package org.sipring.proxy.journal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sipring.sip.HostPort;
import org.sipring.sip.transport.Transport;

/**
 * A decision, as people read it.
 *
 * @param time when, by the clock of the node that took it
 * @param text one line of printable ASCII; everything else in it is escaped, as Java writes it
 */
public record Note(Instant time, String text) {
    private static final Decision[] DECISIONS = Decision.values();
    private static final Transport[] TRANSPORTS = Transport.values();

    /** Whether what {@link NoteWriter} wrote is about a call. The hash of its Call-ID has been compared already. */
    static boolean isAbout(String call, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.position(Long.BYTES + 1);
        return in.getInt() == call.length() && text(in).equals(text(call));
    }

    // As it is kept.
    private static String text(String call) {
        ByteBuffer in = ByteBuffer.wrap(NoteWriter.kept(call));
        return text(in);
    }

    /** Reads what {@link NoteWriter} wrote. */
    static Note read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Instant time = Instant.ofEpochMilli(in.getLong());
        Decision decision = DECISIONS[in.get()];
        in.position(in.position() + Integer.BYTES);
        text(in);
        List<String> details = new ArrayList<>();
        while (in.hasRemaining()) {
            details.add(detail(in));
        }
        return new Note(time, Printable.text(decision.tell(details)));
    }

    private static String detail(ByteBuffer in) {
        return switch (in.get()) {
            case NoteWriter.NUMBER -> Integer.toString(in.getInt());
            case NoteWriter.FLOW -> flow(in);
            default -> text(in);
        };
    }

    private static String flow(ByteBuffer in) {
        Transport transport = TRANSPORTS[in.get()];
        byte[] number = new byte[in.get()];
        in.get(number);
        int port = in.getShort() & 0xFFFF;
        String node = text(in);
        return node.isEmpty() ? transport + " " + HostPort.host(address(number)) + ":" + port : "node " + node;
    }

    private static InetAddress address(byte[] number) {
        try {
            return InetAddress.getByAddress(number);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(ByteBuffer in) {
        byte[] letters = new byte[in.get() & 0xFF];
        in.get(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
