package org.sipring.testkit.torture;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message that is hard to read or to refuse, in bytes of our own, and what becomes of it.
 *
 * @param section where the RFC describes such a message
 * @param name what the RFC calls it
 * @param text the message with plain line ends; {@code PORT} stands for the sender's port, {@code LENGTH} for the body's
 *     length in bytes
 * @param verdict what the parser makes of it
 * @param answers the status codes that a datagram of it is answered with, where everything sound is answered 200
 * @param streamed the same for a stream
 */
public record TortureMessage(
        String section, String name, String text, Verdict verdict, List<Integer> answers, List<Integer> streamed) {
    /** What the parser says. */
    public enum Verdict {
        /** Sound: what to do with it is decided above. */
        PARSED,
        /** Refused with a status code. */
        REFUSED,
        /** Not worth an answer. */
        DROPPED
    }

    private static final String OPTIONS =
            """
            OPTIONS sip:grace@sipring.test SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:PORT;branch=z9hG4bKb1
            Max-Forwards: 70
            From: <sip:ada@sipring.test>;tag=w1
            To: <sip:grace@sipring.test>
            Call-ID: torture.1
            CSeq: 8 OPTIONS
            Content-Length: LENGTH

            """;

    static TortureMessage valid(String section, String name, String text) {
        List<Integer> answers = text.startsWith("SIP/") ? List.of() : List.of(200);
        return new TortureMessage(section, name, text, Verdict.PARSED, answers, answers);
    }

    static TortureMessage refused(int status, String section, String name, String text) {
        List<Integer> answers = List.of(status);
        return new TortureMessage(section, name, text, Verdict.REFUSED, answers, answers);
    }

    static TortureMessage dropped(String section, String name, String text) {
        return new TortureMessage(section, name, text, Verdict.DROPPED, List.of(), List.of());
    }

    TortureMessage overStreams(Integer... statuses) {
        return new TortureMessage(section, name, text, verdict, answers, List.of(statuses));
    }

    /** An OPTIONS request to grace. */
    static String options() {
        return OPTIONS;
    }

    /** The same to somebody else. */
    static String options(String uri) {
        return OPTIONS.replace("OPTIONS sip:grace@sipring.test", "OPTIONS " + uri);
    }

    /** A request of another method. */
    static String request(String method, String uri) {
        return options(uri).replace("OPTIONS", method);
    }

    /** The text with another value in one of its headers. */
    static String with(String text, String header, String value) {
        int at = text.indexOf('\n' + header + ": ") + 1;
        return text.substring(0, at) + header + ": " + value + text.substring(text.indexOf('\n', at));
    }

    /** The text with more header lines. */
    static String more(String text, String... lines) {
        return text.replace("\n\n", '\n' + String.join("\n", lines) + "\n\n");
    }

    /** The message as somebody sends it who listens on a port. */
    public byte[] from(int port) {
        String message = text.replace("\n", "\r\n").replace("PORT", Integer.toString(port));
        String body = message.substring(message.indexOf("\r\n\r\n") + 4);
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return message.replace("LENGTH", Integer.toString(length)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return section + ' ' + name;
    }
}
