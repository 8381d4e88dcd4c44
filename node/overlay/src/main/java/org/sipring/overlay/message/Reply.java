package org.sipring.overlay.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.sipring.overlay.message.MessageFailedException.Kind;

/** What goes back: the answer, or why there is none. Failures travel as text, never as serialised exceptions. */
record Reply(int code, byte[] body) {
    private static final int ANSWER = 0;

    static Reply answer(byte[] body) {
        return new Reply(ANSWER, body);
    }

    static Reply failure(Kind kind, String text) {
        return new Reply(kind.code, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply parse(byte[] bytes) {
        return new Reply(bytes[0], Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    byte[] bytes() {
        byte[] bytes = new byte[1 + body.length];
        bytes[0] = (byte) code;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    byte[] orThrow() throws MessageFailedException {
        if (code == ANSWER) {
            return body;
        }
        throw new MessageFailedException(Kind.of(code), new String(body, StandardCharsets.UTF_8));
    }
}
