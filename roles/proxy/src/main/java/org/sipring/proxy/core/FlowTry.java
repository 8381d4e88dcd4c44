package org.sipring.proxy.core;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Way;
import org.sipring.proxy.journal.Decision;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** The request of a {@link ClientBranch} over one of the phone's flows. Lives in one loop. */
final class FlowTry implements Attempt.Outcome {
    // Together a second: a process that died is out of the view in a tenth of it. A caller waits no longer for a node
    // that is alive although its link broke.
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int GLANCES = 20;

    private final ClientBranch branch;
    private final Target target;
    private final Way way;
    private final Silence silence = new Silence();
    private @Nullable Attempt attempt;
    private @Nullable Flow flow;
    private boolean left;

    FlowTry(ClientBranch branch, Target target, Way way) {
        this.branch = branch;
        this.target = target;
        this.way = way;
    }

    Target target() {
        return target;
    }

    /** Whether the request is on its way. */
    boolean sent() {
        return attempt != null;
    }

    /** Whether another flow was begun because nothing came over this one. */
    boolean left() {
        return left;
    }

    void begin(Outgoing sending) {
        Optional<Duration> turn = branch.patience().turn(sending.finder().busy(), way);
        if (turn.isEmpty()) {
            fail(503, null);
        } else if (turn.get().isZero()) {
            sending.finder().open(target, sending.guarded(this::reached));
        } else {
            sending.story().note(Decision.WAITS, turn.get().toSeconds(), target.uri());
            var unused = sending.after(turn.get(), () -> branch.again(this, target));
        }
    }

    /** Null as soon as nobody waits for the phone to speak by this flow. */
    private @Nullable Outgoing sending() {
        return branch.sending(this);
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
            sending.story().note(Decision.SENT, target.uri(), target.by(way), open.flow());
            send(sending, open);
        }
    }

    private void send(Outgoing sending, OpenWay found) {
        flow = found.flow();
        if (sending.invites() && branch.hasMore()) {
            silence.watch(sending, this::leave);
        }
        Attempt sent = new Attempt(this);
        attempt = sent;
        sent.send(sending, found.flow(), branch.message(sending, target, found));
    }

    private void leave() {
        Outgoing sending = sending();
        if (sending != null && branch.hasMore()) {
            sending.story().note(Decision.NEXT_FLOW, target.uri());
            left = true;
            branch.start();
        }
    }

    void stop(Consumer<Attempt> how) {
        silence.end();
        if (attempt != null) {
            how.accept(attempt);
        }
    }

    @Override
    public void heard(int status) {
        silence.end();
        tell(status);
        branch.heard(this, status);
    }

    // The link has borne for as long: the node has the request, and has waited for the phone as well.
    @Override
    public void silent() {
        tell(408);
        refused(408, null);
    }

    private void tell(int status) {
        if (flow != null) {
            flow.node().ifPresent(node -> branch.context().heard(node, status));
        }
    }

    @Override
    public void provisional(SipMessage response) {
        branch.provisional(this, response);
    }

    @Override
    public void success(SipMessage response) {
        branch.success(this, response);
    }

    @Override
    public void refused(int status, @Nullable SipMessage response) {
        Outgoing sending = sending();
        if (sending == null) {
            return;
        }
        if (spares(sending, status, response) || status == ResponseContext.FLOW_FAILED) {
            fail(status, response);
        } else {
            branch.refused(this, status, response);
        }
    }

    // No node passes on a phone's 503 (RFC 3261 section 16.7 step 6): it is the node's own, which has too much to do.
    private boolean spares(Outgoing sending, int status, @Nullable SipMessage response) {
        if (status != 503 || response == null || !(way instanceof Way.Through through)) {
            return false;
        }
        if (branch.patience().outlasts(sending.finder().busy(), through.node(), response)) {
            branch.later(target);
        }
        return true;
    }

    private void fail(int status, @Nullable SipMessage response) {
        silence.end();
        branch.failed(this, status, response);
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
            branch.end(ResponseContext.FLOW_FAILED, null);
        } else if (left || branch.stopped()) {
            fail(ResponseContext.FLOW_FAILED, null);
        } else if (way.here() && target.renewable()) {
            branch.again(this, target.renewed());
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
            branch.again(this, target);
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
}
