package org.sipring.proxy.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.edge.Way;
import org.sipring.proxy.journal.Decision;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/**
 * A request at one phone: over one of its flows after the other, until one is not broken. Where nothing comes over one, not
 * even a 100, the next is tried as well, and the phone is called over the one by which it speaks first. RFC 5626 sections
 * 5.3 and 7. Lives in one loop.
 */
final class ClientBranch implements Branch {
    // Together a second: a process that died is out of the view in a tenth of it. A caller waits no longer for a node
    // that is alive although its link broke.
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int GLANCES = 20;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    // RFC 3261 section 8.2.2.2: the phone has the request by another flow already, and answers it there.
    private static final int MERGED = 482;

    private final ResponseContext context;
    private final int breadth;
    private final History.Step step;
    private final Deque<Target> flows;
    // By these the phone may yet speak: one, and those that have been silent for so long that it was begun as well.
    private final List<Try> open = new ArrayList<>(1);
    private @Nullable Outgoing outgoing;
    private List<Party> answerer = List.of();
    private boolean stopped;
    private boolean waited;

    /** The breadth is its share of the request's, RFC 5393 section 5.3.3. */
    ClientBranch(ResponseContext context, Outgoing outgoing, Callee callee, int breadth) {
        this.context = context;
        this.outgoing = outgoing;
        this.breadth = breadth;
        step = context.history().step();
        flows = new ArrayDeque<>(outgoing.finder().likedFirst(callee.flows()));
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
        Try next = new Try(target, sending.finder().way(target.edge()));
        open.add(next);
        next.begin(sending);
    }

    @Override
    public List<Party> answerer() {
        return answerer;
    }

    @Override
    public void cancel() {
        stop(487, Attempt::cancel);
    }

    @Override
    public void giveUp() {
        stop(408, Attempt::giveUp);
    }

    // Nobody waits for the phone any more: it is not to ring once more by another way.
    private void stop(int status, Consumer<Attempt> how) {
        stopped = true;
        flows.clear();
        open.removeIf(flow -> flow.attempt == null);
        if (open.isEmpty()) {
            end(status, null);
        } else {
            List.copyOf(open).forEach(flow -> flow.stop(how));
        }
    }

    // A phone is called over one of its flows only: what was sent over the others is taken back, as soon as they
    // answer.
    private void keep(Try speaking) {
        List<Try> others = new ArrayList<>(open);
        others.remove(speaking);
        open.removeAll(others);
        others.forEach(flow -> flow.stop(Attempt::cancel));
    }

    // Another flow, as long as there is one; or one that has been silent may yet speak.
    private void goOn(int status, @Nullable SipMessage response) {
        boolean trying = open.stream().anyMatch(flow -> !flow.left);
        if (!trying && !flows.isEmpty()) {
            start();
        } else if (open.isEmpty()) {
            end(status, response);
        }
    }

    private void end(int status, @Nullable SipMessage response) {
        if (outgoing != null) {
            outgoing = null;
            step.ended(status, response);
            context.refused(this, status, response);
        }
    }

    /** The request over one flow. */
    private final class Try implements Attempt.Outcome {
        private final Target target;
        private final Way way;
        private final Silence silence = new Silence();
        private @Nullable Attempt attempt;
        private @Nullable Flow flow;
        /** Whether another flow was begun because nothing came over this one. */
        private boolean left;

        Try(Target target, Way way) {
            this.target = target;
            this.way = way;
        }

        void begin(Outgoing sending) {
            Optional<Duration> turn = turn(sending);
            if (turn.isEmpty()) {
                fail(503, null);
            } else if (turn.get().isZero()) {
                sending.finder().open(target, sending.guarded(this::reached));
            } else {
                waited = true;
                sending.story().note(Decision.WAITS, turn.get().toSeconds(), target.uri());
                var unused = sending.after(turn.get(), () -> again(target));
            }
        }

        // After a second refusal nobody waits.
        private Optional<Duration> turn(Outgoing sending) {
            return !waited && way instanceof Way.Through through
                    ? sending.finder().busy().turn(through.node())
                    : Optional.of(Duration.ZERO);
        }

        /** Null as soon as nobody waits for the phone to speak by this flow. */
        private @Nullable Outgoing sending() {
            return open.contains(this) ? outgoing : null;
        }

        private void reached(Found found) {
            Outgoing sending = sending();
            if (sending != null && found.full()) {
                // Our own limit is no evidence about the phone: it stays registered.
                sending.story().note(Decision.FULL, target.uri());
                fail(ResponseContext.FLOW_FAILED, null);
            } else if (sending != null && found.way().isEmpty()) {
                sending.story().note(Decision.NO_WAY, target.uri());
                // Opening it took its time: the node in between may be known to be gone by now.
                broken(false);
            } else if (sending != null) {
                OpenWay open = found.way().get();
                sending.story().note(Decision.SENT, target.uri(), words(), open.flow());
                send(sending, open);
            }
        }

        private void send(Outgoing sending, OpenWay found) {
            flow = found.flow();
            if (sending.invites() && !flows.isEmpty()) {
                silence.watch(sending, this::leave);
            }
            Attempt sent = new Attempt(this);
            attempt = sent;
            sent.send(sending, found.flow(), sending.to(target, found, breadth, step));
        }

        private String words() {
            if (target.anew() || way instanceof Way.Connection) {
                return "over a new connection";
            }
            if (way instanceof Way.Through) {
                return "through the node that holds its flow";
            }
            return way.here() ? "over its own flow" : "straight, since its node is gone";
        }

        private void leave() {
            Outgoing sending = sending();
            if (sending != null && !flows.isEmpty()) {
                sending.story().note(Decision.NEXT_FLOW, target.uri());
                left = true;
                start();
            }
        }

        private void stop(Consumer<Attempt> how) {
            silence.end();
            if (attempt != null) {
                how.accept(attempt);
            }
        }

        @Override
        public void heard(int status) {
            silence.end();
            tell(status);
            if (status < 200 && sending() != null) {
                keep(this);
            }
            if (status == 100) {
                context.trying();
            }
        }

        // The link has borne for as long: the node has the request, and has waited for the phone as well.
        @Override
        public void silent() {
            tell(408);
            refused(408, null);
        }

        private void tell(int status) {
            if (flow != null) {
                flow.node().ifPresent(node -> context.heard(node, status));
            }
        }

        @Override
        public void provisional(SipMessage response) {
            if (sending() != null) {
                context.provisional(step.told(response));
            }
        }

        @Override
        public void success(SipMessage response) {
            if (outgoing != null) {
                keep(this);
            }
            // Only repeated 2xx follow; the request is needed no more.
            outgoing = null;
            answerer = List.of(Party.phone(target.edge()));
            context.success(ClientBranch.this, step.told(response));
        }

        @Override
        public void refused(int status, @Nullable SipMessage response) {
            if (sending() == null) {
                return;
            }
            boolean busy = status == 503 && response != null && leftAlone(response);
            if (busy || status == ResponseContext.FLOW_FAILED) {
                fail(status, response);
            } else if (open.size() > 1 && (status == MERGED || response == null)) {
                open.remove(this);
            } else {
                keep(this);
                ClientBranch.this.end(status, response);
            }
        }

        private void fail(int status, @Nullable SipMessage response) {
            silence.end();
            open.remove(this);
            goOn(status, response);
        }

        // No node passes on the 503 of a phone: it is the node's own, which has too much to do. RFC 3261 section 16.7
        // step 6.
        private boolean leftAlone(SipMessage response) {
            if (!(way instanceof Way.Through through) || outgoing == null) {
                return false;
            }
            outgoing.finder().busy().said(through.node(), retryAfter(response));
            if (!waited && !stopped) {
                flows.addLast(target);
            }
            return true;
        }

        // Where the phone has not rung yet, it may be reached another way.
        @Override
        public void broken(boolean rang) {
            silence.end();
            attempt = null;
            if (sending() == null) {
                return;
            }
            if (rang) {
                ClientBranch.this.end(ResponseContext.FLOW_FAILED, null);
            } else if (stopped || left) {
                fail(ResponseContext.FLOW_FAILED, null);
            } else if (way.here() && target.renewable()) {
                again(target.renewed());
            } else {
                boolean link = way instanceof Way.Through && !target.anew();
                awaitView(link ? GLANCES : 0);
            }
        }

        // A broken link is the first that is heard of a node's death; the view follows a moment later.
        private void awaitView(int glances) {
            Outgoing sending = sending();
            if (sending == null) {
                // Cancelled meanwhile.
                return;
            }
            if (!sending.finder().way(target.edge()).equals(way)) {
                again(target);
            } else if (glances > 0) {
                var unused = sending.after(GLANCE, () -> awaitView(glances - 1));
            } else {
                forget(sending);
                fail(ResponseContext.FLOW_FAILED, null);
            }
        }

        // Within a dialog the Request-URI is what the other phone wrote, which says little of what is registered.
        private void forget(Outgoing sending) {
            boolean listens = flow != null && target.acceptsConnections();
            if (!listens
                    && !Methods.inDialog(sending.forwarded().request())
                    && sending.finder().forget(target)) {
                sending.story().note(Decision.FORGOTTEN, target.uri());
            }
        }

        private void again(Target other) {
            if (open.remove(this)) {
                flows.addFirst(other);
                start();
            }
        }
    }

    private static Duration retryAfter(SipMessage response) {
        Matcher seconds =
                SECONDS.matcher(response.header(HeaderName.RETRY_AFTER).orElse(""));
        return seconds.lookingAt() ? Duration.ofSeconds(Long.parseLong(seconds.group())) : Duration.ZERO;
    }
}
