package org.sipring.proxy.journal;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sipring.sip.transport.Flow;

/**
 * Writes notes as bytes, as {@link Note} reads them: the time, the decision, the Call-ID and its length, and each detail
 * with a letter for its kind. Bounded whatever the words; lives in one thread.
 */
@SuppressWarnings("EnumOrdinal") // What this process wrote is read by this process only.
final class NoteWriter {
    /** Of a Call-ID so much is kept, in characters; its hash and length stand for the rest. */
    static final int CALL_ID = 120;

    static final byte TEXT = 't';
    static final byte NUMBER = 'n';
    static final byte FLOW = 'f';
    private static final int WORDS = 100;
    private static final int MOST_DETAILS = 4;

    private final ByteBuffer out = ByteBuffer.allocate(32 + CALL_ID + MOST_DETAILS * (2 * WORDS + 32));

    /** Writes one; gives its length. {@link #bytes} holds it until the next. */
    int write(long millis, String call, Decision decision, Object... details) {
        out.clear();
        out.putLong(millis).put((byte) decision.ordinal()).putInt(call.length());
        call(call);
        for (int i = 0; i < Math.min(details.length, MOST_DETAILS); i++) {
            detail(details[i]);
        }
        return out.position();
    }

    byte[] bytes() {
        return out.array();
    }

    /** So much is kept of a Call-ID. */
    static byte[] kept(String call) {
        NoteWriter writer = new NoteWriter();
        writer.call(call);
        return Arrays.copyOf(writer.out.array(), writer.out.position());
    }

    private void call(String call) {
        int kept = Math.min(call.length(), CALL_ID);
        out.put((byte) kept);
        letters(call, 0, kept);
    }

    private void detail(Object detail) {
        if (detail instanceof Integer number) {
            out.put(NUMBER).putInt(number);
        } else if (detail instanceof Flow flow) {
            out.put(FLOW);
            flow(flow);
        } else {
            out.put(TEXT);
            text(detail.toString());
        }
    }

    private void flow(Flow flow) {
        InetAddress address = flow.remote().getAddress();
        byte[] number = address.getAddress();
        out.put((byte) flow.transport().ordinal()).put((byte) number.length).put(number);
        out.putShort((short) flow.remote().getPort());
        text(flow.node().map(peer -> peer.value()).orElse(""));
    }

    private void text(String words) {
        int at = out.position();
        out.put((byte) 0);
        int scheme = scheme(words);
        if (scheme == 0) {
            letters(words, 0, Math.min(words.length(), WORDS));
        } else {
            uri(words, scheme);
        }
        out.put(at, (byte) (out.position() - at - 1));
    }

    // Parameters of a URI may hold what identifies a phone to its maker (RFC 8599), and its user part a password.
    private void uri(String words, int scheme) {
        int at = words.indexOf('@', scheme);
        int user = at < 0 ? scheme : firstOf(words, scheme, ":;?@");
        int host = at < 0 ? scheme : at;
        letters(words, 0, Math.min(user, WORDS));
        letters(words, host, Math.min(firstOf(words, host, ";?>"), host + WORDS));
    }

    private static int scheme(String words) {
        return words.startsWith("sip:") ? 4 : words.startsWith("sips:") ? 5 : 0;
    }

    private static int firstOf(String words, int from, String stops) {
        int i = from;
        while (i < words.length() && stops.indexOf(words.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private void letters(String words, int from, int to) {
        for (int i = from; i < to; i++) {
            char letter = words.charAt(i);
            out.put((byte) (letter > 0xFF ? '?' : letter));
        }
    }
}
