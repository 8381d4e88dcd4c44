package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.sipring.sip.Frame;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.StreamFramer;
import org.sipring.sip.Via;

/**
 * Any bytes as a message. What is accepted can be read, and says the same when it is written again; what is forwarded or
 * answered is one message to a neighbour that reads a stream, so that nobody can smuggle a second one through us.
 */
public final class MessageTarget {
    private MessageTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        ParseResult result = SipMessage.parse(input);
        if (result instanceof ParseResult.Parsed parsed) {
            accepted(parsed.message());
        } else if (result instanceof ParseResult.Bad bad) {
            oneMessage(Responses.of(bad.request(), bad.status(), bad.reason(), "t"));
        }
    }

    private static void accepted(SipMessage message) {
        readAll(message);
        SipMessage copy = message.edit().build();
        assertThat(copy.length()).isEqualTo(copy.bytes().length);
        sameMeaning(message, reread(copy));
        oneMessage(copy);
        if (message.isRequest()) {
            forwarded(message);
            oneMessage(Responses.of(message, 404, "t"));
        }
    }

    static void readAll(SipMessage message) {
        assertThat(message.cseq().method()).isEqualTo(message.method());
        assertThat(message.contentLength()).isEqualTo(message.body().length);
        if (message.requestUri().matches("(?is)sips?:.*")) {
            assertThat(message.requestSipUri()).isPresent();
        }
        message.requestSipUri()
                .ifPresent(uri -> assertThat(SipUri.parse(uri.toString())).contains(uri));
        message.from().sipUri().ifPresent(SipUri::aor);
        message.contacts().ifPresent(all -> all.forEach(NameAddr::q));
        message.recordRoutes();
        message.expires();
        message.maxBreadth();
        for (HeaderName name : HeaderName.values()) {
            message.headers(name);
        }
    }

    /** As a proxy sends it on: RFC 3261 section 16.6. */
    private static void forwarded(SipMessage request) {
        Via ours = Via.parse("SIP/2.0/TCP p.example.com;branch=z9hG4bKp").orElseThrow();
        SipMessage sent = request.edit()
                .topViaReceivedRport("192.0.2.9", 5070)
                .maxForwards(69)
                .pushVia(ours)
                .build();
        SipMessage read = reread(sent);
        assertThat(read.topVia()).isEqualTo(ours);
        SipMessage back = reread(read.edit().popVia().build());
        assertThat(hops(back)).isEqualTo(hops(request));
        assertThat(back.topVia().branch()).isEqualTo(request.topVia().branch());
        oneMessage(sent);
    }

    // Two commas in a row hold no hop.
    private static long hops(SipMessage message) {
        return message.headers(HeaderName.VIA).stream()
                .filter(value -> !value.isEmpty())
                .count();
    }

    private static SipMessage reread(SipMessage written) {
        ParseResult result = SipMessage.parse(written.bytes().clone());
        assertThat(result).isInstanceOf(ParseResult.Parsed.class);
        SipMessage read = ((ParseResult.Parsed) result).message();
        assertThat(read.edit().build().bytes()).isEqualTo(written.bytes());
        return read;
    }

    private static void sameMeaning(SipMessage one, SipMessage other) {
        assertThat(other.isRequest()).isEqualTo(one.isRequest());
        assertThat(other.method()).isEqualTo(one.method());
        assertThat(other.requestUri()).isEqualTo(one.requestUri());
        assertThat(other.status()).isEqualTo(one.status());
        assertThat(other.callId()).isEqualTo(one.callId());
        assertThat(other.from()).isEqualTo(one.from());
        assertThat(other.to()).isEqualTo(one.to());
        assertThat(other.topVia()).isEqualTo(one.topVia());
        assertThat(other.routes()).isEqualTo(one.routes());
        assertThat(other.contacts()).isEqualTo(one.contacts());
        assertThat(other.body()).isEqualTo(one.body());
    }

    private static void oneMessage(SipMessage message) {
        if (message.bytes().length > SipMessage.MOST_BYTES) {
            return;
        }
        StreamFramer framer = new StreamFramer(SipMessage.MOST_BYTES);
        framer.feed(ByteBuffer.wrap(message.bytes()));
        Optional<Frame> frame = framer.next();
        assertThat(List.of(frame, framer.next()))
                .satisfies(frames -> assertThat(frames.get(0)).containsInstanceOf(Frame.Message.class))
                .satisfies(frames -> assertThat(frames.get(1)).isEmpty());
        assertThat(framer.held()).isZero();
    }
}
