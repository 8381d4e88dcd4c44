package org.sipring.proxy.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.edge.Way;
import org.sipring.proxy.journal.Decision;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;

/** A request at one phone: over one of its flows after the other, until one is not broken. Lives in one loop. */
final class ClientBranch implements Branch, Attempt.Outcome {
    // Together a second: a process that died is out of the view in a tenth of it. A caller waits no longer for a node
    // that is alive although its link broke.
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int GLANCES = 20;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final ResponseContext context;
    private final int breadth;
    private final History.Step step;
    private final Deque<Target> flows;
    private @Nullable Outgoing outgoing;
    private @Nullable Attempt attempt;
    private @Nullable Try trying;
    private boolean stopped;
    private boolean waited;

    private record Try(Target target, Way way) {}

    private static List<Target> likedFirst(List<Target> flows, Outgoing outgoing) {
        return flows.stream()
                .sorted(Comparator.comparingInt(outgoing.finder()::reluctance))
                .toList();
    }

    /** The breadth is its share of the request's, RFC 5393 section 5.3.3. */
    ClientBranch(ResponseContext context, Outgoing outgoing, Callee callee, int breadth) {
        this.context = context;
        this.outgoing = outgoing;
        this.breadth = breadth;
        step = context.history().step();
        flows = new ArrayDeque<>(callee.flows().size() > 1 ? likedFirst(callee.flows(), outgoing) : callee.flows());
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
        Optional<Duration> turn = turn(sending, way);
        if (turn.isEmpty()) {
            orElse(503, null);
        } else if (turn.get().isZero()) {
            sending.finder().open(target, sending.guarded((Optional<OpenWay> open) -> reached(target, way, open)));
        } else {
            waited = true;
            sending.story().note(Decision.WAITS, turn.get().toSeconds(), target.uri());
            flows.addFirst(target);
            var unused = sending.after(turn.get(), this::resume);
        }
    }

    // After a second refusal nobody waits.
    private Optional<Duration> turn(Outgoing sending, Way way) {
        return !waited && way instanceof Way.Through through
                ? sending.finder().busy().turn(through.node())
                : Optional.of(Duration.ZERO);
    }

    private void resume() {
        if (outgoing != null) {
            start();
        }
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
        boolean busy = status == 503 && response != null && leftAlone(response);
        if (busy || status == ResponseContext.FLOW_FAILED) {
            orElse(status, response);
        } else {
            end(status, response);
        }
    }

    // Another flow, as long as there is one.
    private void orElse(int status, @Nullable SipMessage response) {
        if (flows.isEmpty()) {
            end(status, response);
        } else {
            start();
        }
    }

    // No node passes on the 503 of a phone: it is the node's own, which has too much to do. RFC 3261 section 16.7 step
    // 6.
    private boolean leftAlone(SipMessage response) {
        Try tried = trying;
        if (tried == null || !(tried.way() instanceof Way.Through through) || outgoing == null) {
            return false;
        }
        outgoing.finder().busy().said(through.node(), retryAfter(response));
        if (!waited && !stopped) {
            flows.addLast(tried.target());
        }
        return true;
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

    private static Duration retryAfter(SipMessage response) {
        Matcher seconds =
                SECONDS.matcher(response.header(HeaderName.RETRY_AFTER).orElse(""));
        return seconds.lookingAt() ? Duration.ofSeconds(Long.parseLong(seconds.group())) : Duration.ZERO;
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
