package org.sipring.sip;

/** What {@link StreamFramer} cuts out of a stream. */
public sealed interface Frame {
    /**
     * A whole message. The stream goes on, also after a refused one.
     *
     * @param result the message, or why it is refused
     */
    record Message(ParseResult result) implements Frame {}

    /** A double CRLF: the client wants to know that its flow is alive. Answer a CRLF. RFC 5626 section 3.5.1. */
    record Ping() implements Frame {}

    /** A single CRLF: the answer to a ping of ours, or nothing. The first half of a {@link Ping} may show as one. */
    record Pong() implements Frame {}

    /**
     * Nobody can tell any more where messages begin. Answer where the verdict can be answered, then close.
     *
     * @param verdict {@link ParseResult.Bad} or {@link ParseResult.Junk}
     */
    record Broken(ParseResult verdict) implements Frame {}
}
