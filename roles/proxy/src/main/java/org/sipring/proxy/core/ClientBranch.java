package org.sipring.proxy.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.edge.Way;
import org.sipring.proxy.journal.Decision;
import org.sipring.sip.SipMessage;

/** A request at one phone: over one of its flows after the other, until one is not broken. Lives in one loop. */
final class ClientBranch implements Branch, Attempt.Outcome {
    // Together a second: a process that died is out of the view in a tenth of it. A caller waits no longer for a node
    // that is alive although its link broke.
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int GLANCES = 20;

    private final ResponseContext context;
    private final int breadth;
    private final History.Step step;
    private final Deque<Target> flows;
    private @Nullable Outgoing outgoing;
    private @Nullable Attempt attempt;
    private @Nullable Try trying;
    private boolean stopped;

    private record Try(Target target, Way way) {}

    // A flow whose node is gone may be lost, or its phone may sit behind a NAT.
    private static List<Target> heldFirst(List<Target> flows, Outgoing outgoing) {
        return flows.stream()
                .sorted(Comparator.comparing(
                        target -> !outgoing.finder().way(target.edge()).held()))
                .toList();
    }

    /** The breadth is its share of the request's, RFC 5393 section 5.3.3. */
    ClientBranch(ResponseContext context, Outgoing outgoing, Callee callee, int breadth) {
        this.context = context;
        this.outgoing = outgoing;
        this.breadth = breadth;
        step = context.history().step();
        flows = new ArrayDeque<>(callee.flows().size() > 1 ? heldFirst(callee.flows(), outgoing) : callee.flows());
    }

    /** Tries the next flow. */
    @Override
    public void start() {
        Outgoing sending = outgoing;
        Target target = flows.poll();
        if (sending == null || target == null) {
            end(ResponseContext.FLOW_FAILED, null);
            return;
        }
        Way way = sending.finder().way(target.edge());
        sending.finder().open(target, open -> reached(target, way, open));
    }

    private void reached(Target target, Way taken, Optional<OpenWay> open) {
        Outgoing sending = outgoing;
        if (sending == null) {
            return;
        }
        if (open.isEmpty()) {
            sending.story().note(Decision.NO_WAY, target.uri());
            // Opening it took its time: the node in between may be known to be gone by now.
            broken(target, taken, false);
            return;
        }
        sending.story()
                .note(
                        Decision.SENT,
                        target.uri(),
                        words(target, taken),
                        open.get().flow());
        trying = new Try(target, taken);
        attempt = new Attempt(this);
        attempt.send(sending, open.get().flow(), sending.to(target, open.get(), breadth, step));
    }

    private static String words(Target target, Way way) {
        if (target.anew() || way instanceof Way.Connection) {
            return "over a new connection";
        }
        if (way instanceof Way.Through) {
            return "through the node that holds its flow";
        }
        return way.here() ? "over its own flow" : "straight, since its node is gone";
    }

    @Override
    public List<Party> answerer() {
        return trying == null ? List.of() : List.of(Party.phone(trying.target().edge()));
    }

    @Override
    public void cancel() {
        stop();
        if (attempt != null) {
            attempt.cancel();
        } else {
            end(487, null);
        }
    }

    @Override
    public void giveUp() {
        stop();
        if (attempt != null) {
            attempt.giveUp();
        } else {
            end(408, null);
        }
    }

    // Nobody waits for the phone any more: it is not to ring once more by another way.
    private void stop() {
        stopped = true;
        flows.clear();
    }

    @Override
    public void provisional(SipMessage response) {
        context.provisional(step.told(response));
    }

    @Override
    public void success(SipMessage response) {
        // Only repeated 2xx follow; the request is needed no more.
        outgoing = null;
        context.success(this, step.told(response));
    }

    @Override
    public void refused(int status, @Nullable SipMessage response) {
        attempt = null;
        if (status == ResponseContext.FLOW_FAILED && !flows.isEmpty()) {
            start();
        } else {
            end(status, response);
        }
    }

    @Override
    public void broken(boolean rang) {
        Try tried = trying;
        if (tried != null) {
            broken(tried.target(), tried.way(), rang);
        }
    }

    // Where the phone has not rung yet, it may be reached another way.
    private void broken(Target target, Way taken, boolean rang) {
        attempt = null;
        if (rang || stopped) {
            end(ResponseContext.FLOW_FAILED, null);
        } else if (taken.here() && target.renewable()) {
            again(target.renewed());
        } else {
            boolean link = taken instanceof Way.Through && !target.anew();
            awaitView(target, taken, link ? GLANCES : 0);
        }
    }

    // A broken link is the first that is heard of a node's death; the view follows a moment later.
    private void awaitView(Target target, Way taken, int glances) {
        Outgoing sending = outgoing;
        if (sending == null) {
            // Cancelled meanwhile.
            return;
        }
        if (!sending.finder().way(target.edge()).equals(taken)) {
            again(target);
        } else if (glances > 0) {
            var unused = sending.after(GLANCE, () -> awaitView(target, taken, glances - 1));
        } else {
            refused(ResponseContext.FLOW_FAILED, null);
        }
    }

    private void again(Target target) {
        flows.addFirst(target);
        start();
    }

    private void end(int status, @Nullable SipMessage response) {
        if (outgoing != null) {
            outgoing = null;
            step.ended(status, response);
            context.refused(this, status, response);
        }
    }
}
