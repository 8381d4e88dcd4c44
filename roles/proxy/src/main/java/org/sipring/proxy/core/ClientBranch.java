package org.sipring.proxy.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/**
 * A request at one phone: over one of its flows after the other, until one is not broken. Where nothing comes over one, not
 * even a 100, the next is tried as well, and the phone is called over the one by which it speaks first. RFC 5626 sections
 * 5.3 and 7. Lives in one loop.
 */
final class ClientBranch implements Branch {
    // RFC 3261 section 8.2.2.2: the phone has the request by another flow already, and answers it there.
    private static final int MERGED = 482;

    private final ResponseContext context;
    private final int breadth;
    private final History.Step step;
    private final Patience patience = new Patience();
    private final Deque<Target> flows;
    // By these the phone may yet speak: one, and those that have been silent for so long that it was begun as well.
    private final List<FlowTry> open = new ArrayList<>(1);
    private @Nullable Outgoing outgoing;
    private List<Party> answerer = List.of();
    private boolean stopped;

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
        FlowTry next = new FlowTry(this, target, sending.finder().way(target.edge()));
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
        open.removeIf(flow -> !flow.sent());
        if (open.isEmpty()) {
            end(status, null);
        } else {
            List.copyOf(open).forEach(flow -> flow.stop(how));
        }
    }

    boolean stopped() {
        return stopped;
    }

    ResponseContext context() {
        return context;
    }

    Patience patience() {
        return patience;
    }

    /** Whether there is a flow that has not been tried. */
    boolean hasMore() {
        return !flows.isEmpty();
    }

    /** Null as soon as nobody waits for the phone to speak by this flow. */
    @Nullable
    Outgoing sending(FlowTry flow) {
        return open.contains(flow) ? outgoing : null;
    }

    /** What is sent over a flow. */
    MessageBuilder message(Outgoing sending, Target target, OpenWay found) {
        return sending.to(target, found, breadth, step);
    }

    /** Something came over a flow. */
    void heard(FlowTry flow, int status) {
        if (status < 200 && sending(flow) != null) {
            keep(flow);
        }
        if (status == 100) {
            context.trying();
        }
    }

    // A phone is called over one of its flows only: what was sent over others is taken back, as soon as they answer.
    private void keep(FlowTry speaking) {
        List<FlowTry> others = new ArrayList<>(open);
        others.remove(speaking);
        open.removeAll(others);
        others.forEach(flow -> flow.stop(Attempt::cancel));
    }

    void provisional(FlowTry flow, SipMessage response) {
        if (sending(flow) != null) {
            context.provisional(step.told(response));
        }
    }

    void success(FlowTry flow, SipMessage response) {
        if (outgoing != null) {
            keep(flow);
        }
        // Only repeated 2xx follow; the request is needed no more.
        outgoing = null;
        answerer = List.of(Party.phone(flow.target().edge()));
        context.success(this, step.told(response));
    }

    /** The phone has said no by a flow; or nobody said anything. */
    void refused(FlowTry flow, int status, @Nullable SipMessage response) {
        if (open.size() > 1 && (status == MERGED || response == null)) {
            open.remove(flow);
        } else {
            keep(flow);
            end(status, response);
        }
    }

    /** The phone cannot be reached by a flow now: another is tried, as long as there is one, or a silent one may yet speak. */
    void failed(FlowTry flow, int status, @Nullable SipMessage response) {
        open.remove(flow);
        boolean trying = open.stream().anyMatch(other -> !other.left());
        if (!trying && hasMore()) {
            start();
        } else if (open.isEmpty()) {
            end(status, response);
        }
    }

    /** Tries a flow again when all others have failed. */
    void later(Target target) {
        if (!stopped) {
            flows.addLast(target);
        }
    }

    /** Tries the phone once more in the place of a try that came to nothing. */
    void again(FlowTry flow, Target target) {
        if (open.remove(flow)) {
            flows.addFirst(target);
            start();
        }
    }

    /** It is over, without success. */
    void end(int status, @Nullable SipMessage response) {
        if (outgoing != null) {
            outgoing = null;
            step.ended(status, response);
            context.refused(this, status, response);
        }
    }
}
