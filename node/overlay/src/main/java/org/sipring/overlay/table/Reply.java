package org.sipring.overlay.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sipring.api.Outcome;

/** What an owner sends back: one octet that says whether the rule was applied, then its answer or the reason. */
final class Reply {
    private static final byte APPLIED = 0;
    private static final byte REFUSED = 1;

    private Reply() {}

    static byte[] applied(byte[] answer) {
        return framed(APPLIED, answer);
    }

    static byte[] refused(String reason) {
        return framed(REFUSED, reason.getBytes(StandardCharsets.UTF_8));
    }

    static Outcome<byte[]> outcome(byte[] reply) {
        byte[] body = Arrays.copyOfRange(reply, 1, reply.length);
        return reply[0] == APPLIED
                ? new Outcome.Applied<>(body)
                : new Outcome.Unknown<>(new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] framed(byte kind, byte[] body) {
        byte[] reply = new byte[body.length + 1];
        reply[0] = kind;
        System.arraycopy(body, 0, reply, 1, body.length);
        return reply;
    }
}
