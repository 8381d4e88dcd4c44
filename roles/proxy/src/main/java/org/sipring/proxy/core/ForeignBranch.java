package org.sipring.proxy.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.journal.Decision;
import org.sipring.sip.HeaderName;
import org.sipring.sip.HostPort;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.locate.NextHop;
import org.sipring.sip.transport.Dialled;
import org.sipring.sip.transport.Flow;

/** A request at another domain: at one of its servers after the other. RFC 3263 section 4.3. Lives in one loop. */
final class ForeignBranch implements Branch {
    // What the transaction adds: our Via.
    private static final int VIA_BYTES = 120;

    private final ResponseContext context;
    private final Foreign foreign;
    private final SipUri next;
    private final Function<SipUri, CompletionStage<Servers>> servers;
    private final History.Step step;
    private final Deque<NextHop> hops = new ArrayDeque<>();
    private @Nullable Outgoing outgoing;
    private @Nullable Try current;
    private int failure;
    private boolean stopped;
    private List<Party> answerer = List.of();

    /** The servers are found by the URI of the next hop, or by its SIPS form. */
    ForeignBranch(
            ResponseContext context,
            Outgoing outgoing,
            Foreign foreign,
            SipUri next,
            Function<SipUri, CompletionStage<Servers>> servers) {
        this.context = context;
        this.outgoing = outgoing;
        this.foreign = foreign;
        this.next = next;
        this.servers = servers;
        step = context.history().step();
    }

    @Override
    public void start() {
        Outgoing sending = outgoing;
        if (sending != null) {
            // RFC 3261 section 21.5.5: DNS that does not answer is a 504, a name that is not there a 404.
            SipUri hop = Sips.hop(next, sending.forwarded().request());
            sending.hear(servers.apply(hop), this::located, this::unlocated);
        }
    }

    private void unlocated() {
        if (outgoing != null) {
            outgoing.story().note(Decision.NO_DNS, Foreign.host(next));
        }
        end(504, null);
    }

    private void located(Servers found) {
        Outgoing sending = outgoing;
        if (sending != null) {
            int bytes = sending.forwarded().request().length() + ForeignLeg.BYTES + VIA_BYTES;
            failure = found.none();
            hops.addAll(foreign.dead().last(Foreign.host(next), found.located().forSize(bytes)));
            sending.story().note(Decision.SERVERS, Foreign.host(next), hops.size());
            tryNext(sending);
        }
    }

    private void tryNext(Outgoing sending) {
        NextHop hop = hops.poll();
        if (hop == null || stopped) {
            end(failure, null);
        } else {
            sending.finder()
                    .servers()
                    .open(hop, foreign.identity(next), sending.guarded((Dialled dialled) -> opened(hop, dialled)));
        }
    }

    private void opened(NextHop hop, Dialled dialled) {
        Outgoing sending = outgoing;
        Flow flow = dialled.flow();
        if (sending == null) {
            return;
        }
        if (flow == null) {
            unopened(sending, hop, dialled);
            return;
        }
        sending.story().note(Decision.SENT, next.toString(), "as RFC 3263 says", flow);
        current = new Try(hop, sending.leg(next, flow, host -> foreign.maySend(next, host, flow)));
        current.send(sending, flow);
    }

    private void unopened(Outgoing sending, NextHop hop, Dialled dialled) {
        if (dialled.full()) {
            // Our own limit is no evidence about the server: the next calls ask it first, as ever.
            sending.story().note(Decision.FULL, HostPort.of(hop.address()));
            failure = 503;
            tryNext(sending);
            return;
        }
        if (!dialled.refused()) {
            dead(hop, 503);
            return;
        }
        // It is not remembered as dead: whoever can put impostors there would choose whom the next calls ask first.
        sending.story().note(Decision.IMPOSTOR, HostPort.of(hop.address()), Foreign.host(next));
        Impostors.among(hops, dialled);
        failure = Impostors.STATUS;
        tryNext(sending);
    }

    // Another server is asked: nobody is there, or nobody who can do the work.
    private void dead(NextHop hop, int status) {
        foreign.dead().died(Foreign.host(next), hop);
        current = null;
        failure = status;
        if (outgoing != null) {
            outgoing.story().note(Decision.DEAD, HostPort.of(hop.address()));
            tryNext(outgoing);
        }
    }

    @Override
    public List<Party> answerer() {
        return answerer;
    }

    @Override
    public void cancel() {
        stopped = true;
        if (current == null) {
            end(487, null);
        } else {
            current.attempt.cancel();
        }
    }

    @Override
    public void giveUp() {
        stopped = true;
        if (current == null) {
            end(408, null);
        } else {
            current.attempt.giveUp();
        }
    }

    private void end(int status, @Nullable SipMessage response) {
        if (outgoing != null) {
            outgoing = null;
            step.ended(status, response);
            context.refused(this, status, response);
        }
    }

    /** The request at one server. */
    private final class Try implements Attempt.Outcome {
        private final NextHop hop;
        private final ForeignLeg leg;
        private final Attempt attempt = new Attempt(this);
        private final Silence silence = new Silence();
        private boolean invites;

        Try(NextHop hop, ForeignLeg leg) {
            this.hop = hop;
            this.leg = leg;
        }

        void send(Outgoing sending, Flow flow) {
            invites = sending.invites();
            if (invites && !hops.isEmpty()) {
                silence.watch(sending, this::leave);
            }
            int breadth = Breadth.of(sending.forwarded().request()).total();
            MessageBuilder message = sending.forwarded()
                    .abroad(Optional.of(leg.route()))
                    .set(HeaderName.MAX_BREADTH, Integer.toString(breadth));
            step.onto(message, sending.forwarded().request().requestUri());
            attempt.send(sending, flow, TrustedHeaders.without(message, foreign.told(next)));
        }

        // Whatever it still says is too late, but for a 2xx.
        private void leave() {
            attempt.cancel();
            if (isCurrent()) {
                dead(hop, 408);
            }
        }

        private boolean isCurrent() {
            return equals(current);
        }

        @Override
        public Set<String> trusted() {
            return foreign.told(next);
        }

        @Override
        public void heard(int status) {
            foreign.dead().lives(Foreign.host(next), hop);
            silence.end();
        }

        @Override
        public void provisional(SipMessage response) {
            if (isCurrent()) {
                context.provisional(step.told(leg.settled(response)));
            }
        }

        @Override
        public void success(SipMessage response) {
            // Only repeated 2xx follow; the request is needed no more.
            outgoing = null;
            if (current != null && !isCurrent()) {
                current.attempt.cancel();
            }
            // Its own requests have the token that it was shown, ours the one that its answer asked for.
            answerer = List.of(Party.abroad(leg.host()), Party.abroad(leg.leadsTo(response)));
            context.success(ForeignBranch.this, step.told(leg.settled(response)));
        }

        @Override
        public void refused(int status, @Nullable SipMessage response) {
            if (!isCurrent()) {
                return;
            }
            if (status == 503 && !stopped) {
                dead(hop, 503);
            } else {
                end(status, response);
            }
        }

        @Override
        public void silent() {
            silence.end();
            if (isCurrent() && invites) {
                dead(hop, 408);
            } else if (isCurrent()) {
                // Whoever asked has given up at the same time, RFC 4320.
                foreign.dead().died(Foreign.host(next), hop);
                end(408, null);
            }
        }

        @Override
        public void broken(boolean rang) {
            silence.end();
            if (isCurrent() && rang) {
                end(503, null);
            } else if (isCurrent()) {
                dead(hop, 503);
            }
        }
    }
}
