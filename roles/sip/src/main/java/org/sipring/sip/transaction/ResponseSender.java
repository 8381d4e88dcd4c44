package org.sipring.sip.transaction;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/** How responses of one loop leave. */
final class ResponseSender implements ServerSide {
    private final SipLoop loop;
    private final OwnTags tags;
    private final Supplier<TimerSettings> timers;
    private final Consumer<ServerTransaction> finished;
    private final IntSupplier retryAfterSeconds;

    ResponseSender(
            SipLoop loop,
            OwnTags tags,
            Supplier<TimerSettings> timers,
            Consumer<ServerTransaction> finished,
            IntSupplier retryAfterSeconds) {
        this.retryAfterSeconds = retryAfterSeconds;
        this.loop = loop;
        this.tags = tags;
        this.timers = timers;
        this.finished = finished;
    }

    /** RFC 3261 section 18.2.2: over UDP to the port of the Via, unless rport asks for the source port (RFC 3581). */
    Flow way(Flow flow, SipMessage request) {
        if (flow.transport() != Transport.UDP || request.topVia().params().has("rport")) {
            return flow;
        }
        InetSocketAddress written = written(flow, request.topVia());
        return written.equals(flow.remote()) ? flow : Flow.udp(flow.local(), written);
    }

    // Always the address that the packets showed: a host written in a Via may be anybody's.
    private static InetSocketAddress written(Flow flow, Via via) {
        return new InetSocketAddress(flow.remote().getAddress(), via.portOrDefault());
    }

    @Override
    public InetSocketAddress sender(Flow flow, SipMessage request) {
        return written(flow, request.topVia());
    }

    @Override
    public void reply(Flow flow, InetSocketAddress sender, byte[] response) {
        boolean gone = !loop.send(flow, response) && response.length <= SipMessage.MOST_BYTES;
        if (gone && flow.transport() == Transport.TCP) {
            // RFC 3261 section 18.2.2: in the place of one that has gone, one is opened to where the sender listens.
            loop.connect(sender, dialled -> dialled.open().ifPresent(other -> loop.send(other, response)));
        }
    }

    @Override
    public void replyStateless(Flow flow, byte[] response) {
        loop.send(flow, response);
    }

    @Override
    public TimerSettings timers() {
        return timers.get();
    }

    @Override
    public Ticker.Timer after(Duration delay, Runnable task) {
        return loop.ticker().after(delay, task);
    }

    @Override
    public void finished(ServerTransaction transaction) {
        finished.accept(transaction);
    }

    @Override
    public int retryAfterSeconds() {
        return retryAfterSeconds.getAsInt();
    }

    @Override
    public String tag(SipMessage request) {
        return tags.of(request);
    }
}
