package org.sipring.sip.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sipring.testkit.torture.Torture;

/** Sound inputs of every kind, and the hard ones of RFC 4475 and RFC 5118, for the fuzzer to begin from. */
final class Seeds {
    private static final String OPTIONS =
            """
            OPTIONS sip:x SIP/2.0
            Via: SIP/2.0/WS h;branch=z9hG4bK1
            From: <sip:a@b>;tag=a
            To: <sip:b>
            Call-ID: c
            CSeq: 1 OPTIONS

            """
                    .replace("\n", "\r\n");
    private static final String UPGRADE =
            """
            GET / HTTP/1.1
            Host: n1
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: sip
            Origin: https://pages.test

            """
                    .replace("\n", "\r\n");
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int CLOSE = 8;

    private Seeds() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> all(String... texts) {
        return Stream.of(texts).map(Seeds::bytes).toList();
    }

    static List<byte[]> messages() {
        return Torture.all().stream().map(message -> message.from(5060)).toList();
    }

    /** The first byte says how the others are cut. */
    static List<byte[]> streams() {
        Stream<byte[]> single = messages().stream().map(message -> joined(bytes("1"), message));
        Stream<byte[]> pair = Stream.of(joined(
                bytes("2\r\n\r\n"), messages().get(0), bytes("\r\n"), messages().get(1)));
        return Stream.concat(single, pair).toList();
    }

    static List<byte[]> uris() {
        return all(
                "sip:alice@example.com",
                "sips:alice:pw@[2001:db8::1]:5061;transport=tls;lr?subject=x&to=sip:b%40c",
                "sip:%61lice;x=1@EXAMPLE.com;method=INVITE;maddr=192.0.2.1;user=phone;ttl=3",
                "sip:*21#@192.0.2.7:5070");
    }

    static List<byte[]> headers() {
        return all(
                "\"Alice, \\\"A\\\"\" <sip:alice@example.com;x=1>;tag=19283;q=0.5;expires=\"60\"",
                "Alice <sip:a@h>",
                "sip:a@h;tag=1",
                "SIP / 2.0 / UDP [2001:db8::9]:5070 ;branch=z9hG4bK776;rport;received=192.0.2.1",
                "314159 INVITE",
                ";a=b;c;d=\"e\\\"f\"",
                "Digest username=\"bob\", realm=\"r\", nonce=\"n\", uri=\"sip:h\", qop=auth, nc=00000001, cnonce=\"c\","
                        + " response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5",
                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256, qop=\"auth,auth-int\", stale=true");
    }

    /** A header's number, how many bytes are not repeated, and what is. */
    static List<byte[]> pieces() {
        return all(
                "\0\3SIP/2.0/UDP h;b=1, ", "\5\4<sip:a@h>;b=\"c\\\",", "\27\3Digest a=\"b\", ", "\1\1%41%", "\2\1 \t");
    }

    /** The first byte says how the others are cut. */
    static List<byte[]> webSockets() {
        byte[] half = bytes(OPTIONS.substring(0, 50));
        byte[] rest = bytes(OPTIONS.substring(50));
        return List.of(
                joined(bytes("1" + UPGRADE), frame(FINAL | TEXT, bytes(OPTIONS))),
                joined(
                        bytes("2" + UPGRADE),
                        frame(BINARY, half),
                        frame(FINAL | PING, bytes("hi")),
                        frame(FINAL, rest),
                        frame(FINAL | CLOSE, bytes("\3\350"))),
                joined(bytes("3" + UPGRADE), frame(FINAL | TEXT, bytes("\r\n\r\n"))));
    }

    /** RFC 6455 section 5.2, masked by nothing, so that the fuzzer sees what it changes. */
    private static byte[] frame(int head, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 8).put((byte) head);
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) content.length);
        }
        byte[] whole = frame.putInt(0).put(content).array();
        return Arrays.copyOf(whole, frame.position());
    }

    static List<byte[]> stun() {
        return all("\0\1\0\0\41\22\244\102abcdefghijkl");
    }

    /** Answers about {@code a.b} with one record each. */
    static List<byte[]> answers() {
        return List.of(
                answer(1, "\1\2\3\4"),
                answer(28, "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1"),
                answer(33, "\0\1\0\2\23\304\1h\1b\0"),
                answer(35, "\0\1\0\2\1s\7SIP+D2U\0\4_sip\4_udp\1b\0"));
    }

    private static byte[] answer(int type, String data) {
        String question = "\1a\1b\0" + (char) 0 + (char) type + "\0\1";
        String record = "\300\14" + (char) 0 + (char) type + "\0\1\0\0\0\74" + (char) 0 + (char) data.length() + data;
        return bytes("\0\1\201\200\0\1\0\1\0\0\0\0" + question + record);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Stream.of(parts).forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
