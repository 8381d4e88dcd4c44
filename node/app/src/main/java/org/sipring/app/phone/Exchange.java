package org.sipring.app.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;
import org.sipring.sip.digest.DigestClient;

/** A request and its responses, with retransmission over UDP and one answer to a digest challenge. */
final class Exchange {
    private static final Duration T1 = Duration.ofMillis(500);
    // A phone that waited all of Timer F (32 s) at a dead proxy before it tried the next would be no fun to watch;
    // RFC 3263 section 4.3 lets it give up earlier.
    private static final int TRIES = 3;

    private final Line line;
    private final DigestClient digest;
    private final Supplier<String> fresh;

    Exchange(Line line, DigestClient digest, Supplier<String> fresh) {
        this.line = line;
        this.digest = digest;
        this.fresh = fresh;
    }

    /** Runs a non-INVITE request to its final response, at the first target that answers. */
    SipMessage run(SipMessage request, List<InetSocketAddress> targets) throws IOException {
        for (InetSocketAddress target : targets) {
            Optional<SipMessage> response = once(stamped(request), target);
            if (response.isPresent()) {
                return challenged(response.get())
                        ? once(stamped(authorized(request, response.get())), target)
                                .orElseThrow(() -> silent(request, List.of(target)))
                        : response.get();
            }
        }
        throw silent(request, targets);
    }

    private static IOException silent(SipMessage request, List<InetSocketAddress> targets) {
        return new IOException("no answer to " + request.method() + " from " + targets);
    }

    private Optional<SipMessage> once(SipMessage request, InetSocketAddress target) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            line.send(request, target);
            Optional<Line.Received> response =
                    line.await(T1.multipliedBy(1L << i), m -> answers(m, request) && m.status() >= 200);
            if (response.isPresent()) {
                return response.map(Line.Received::message);
            }
        }
        return Optional.empty();
    }

    /** Sends an INVITE, through a challenge where there is one, until a provisional response is there. */
    SipMessage startInvite(SipMessage invite, InetSocketAddress target) throws IOException {
        SipMessage first = stamped(invite);
        Optional<SipMessage> response = ringing(first, target);
        if (response.isPresent() && challenged(response.get())) {
            acknowledge(first, response.get(), target);
            SipMessage second = stamped(authorized(first, response.get()));
            ringing(second, target);
            return second;
        }
        return first;
    }

    private Optional<SipMessage> ringing(SipMessage invite, InetSocketAddress target) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            line.send(invite, target);
            Optional<Line.Received> response = line.await(T1.multipliedBy(1L << i), m -> answers(m, invite));
            if (response.isPresent()) {
                return finalOrAny(invite, response.get());
            }
        }
        return Optional.empty();
    }

    // A 100 may be followed at once by the challenge.
    private Optional<SipMessage> finalOrAny(SipMessage invite, Line.Received received) throws IOException {
        if (received.message().status() >= 200) {
            return keepUnlessChallenge(received);
        }
        Optional<Line.Received> later =
                line.await(Duration.ofMillis(300), m -> answers(m, invite) && m.status() >= 200);
        return later.isPresent() ? keepUnlessChallenge(later.get()) : Optional.of(received.message());
    }

    private Optional<SipMessage> keepUnlessChallenge(Line.Received received) {
        if (!challenged(received.message())) {
            line.putBack(received);
        }
        return Optional.of(received.message());
    }

    Optional<SipMessage> finalResponse(SipMessage invite, Duration limit) throws IOException {
        Optional<Line.Received> response = line.await(limit, m -> answers(m, invite) && m.status() >= 200);
        if (response.isPresent() && response.get().message().status() >= 300) {
            acknowledge(invite, response.get().message(), response.get().from());
        }
        return response.map(Line.Received::message);
    }

    // RFC 3261 section 17.1.1.3: the ACK for a failure belongs to the INVITE's own transaction.
    private void acknowledge(SipMessage invite, SipMessage response, InetSocketAddress to) throws IOException {
        MessageBuilder ack = SipMessage.request("ACK", invite.requestUri())
                .add(HeaderName.VIA, invite.topVia().toString())
                .add(HeaderName.MAX_FORWARDS, "70")
                .add(HeaderName.FROM, invite.header(HeaderName.FROM).orElseThrow())
                .add(HeaderName.TO, response.header(HeaderName.TO).orElseThrow())
                .add(HeaderName.CALL_ID, invite.callId())
                .add(HeaderName.CSEQ, invite.cseq().number() + " ACK");
        line.send(ack.build(), to);
    }

    private static boolean challenged(SipMessage response) {
        return response.status() == 401 || response.status() == 407;
    }

    private static boolean answers(SipMessage message, SipMessage request) {
        return !message.isRequest()
                && message.topVia().branch().equals(request.topVia().branch())
                && message.cseq().method().equals(request.method());
    }

    /** The request with this phone's Via and a new branch. */
    SipMessage stamped(SipMessage request) {
        InetSocketAddress local = line.local();
        String via = "SIP/2.0/UDP " + local.getAddress().getHostAddress() + ":" + local.getPort() + ";branch="
                + Via.COOKIE + fresh.get() + ";rport";
        return request.edit()
                .remove(HeaderName.VIA)
                .prepend(HeaderName.VIA, via)
                .build();
    }

    private SipMessage authorized(SipMessage request, SipMessage challenge) throws IOException {
        return digest.retry(request, challenge)
                .orElseThrow(() -> new IOException("no challenge that this phone can answer: " + challenge))
                .build();
    }
}
