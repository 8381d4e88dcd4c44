package org.sipring.proxy.records;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sipring.api.NodeId;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;

/** Hears of calls what their records need. Each instance lives in one loop. */
public interface Calls {
    /** Records none. */
    Calls NONE = new Calls() {
        @Override
        public void begins(ServerTransaction invite, CallRecord.Caller caller, Party from) {}

        @Override
        public void reached(ServerTransaction invite, List<Party> callee, SipMessage ok) {}

        @Override
        public void forwarded(ServerTransaction invite, List<CallRecord.Forward> forwards) {}

        @Override
        public void within(ServerTransaction request, Way way) {}

        @Override
        public void answered(ServerTransaction request, NodeId node, int status) {}
    };

    /**
     * A request of somebody who may call. Does nothing unless it is an INVITE outside dialogs.
     *
     * @param invite not answered yet
     * @param caller who calls
     * @param from the side that requests of the call go back to
     */
    void begins(ServerTransaction invite, CallRecord.Caller caller, Party from);

    /**
     * Somebody takes the call, or says so once more. Two may at the same time, and it is the caller's to choose (RFC 3261
     * section 13.2.2.4).
     *
     * @param invite the call's
     * @param callee who, by all names that tokens have for that side
     * @param ok the 2xx, just before it goes to the caller
     */
    void reached(ServerTransaction invite, List<Party> callee, SipMessage ok);

    /**
     * Those who are called send the call elsewhere, or it is taken by somebody who was called before they all did so.
     *
     * @param invite the call's
     * @param forwards all that lead to who is called now, or to who takes it now; what was told before counts no more
     */
    void forwarded(ServerTransaction invite, List<CallRecord.Forward> forwards);

    /**
     * A request within a dialog.
     *
     * @param request not answered yet
     * @param way from whom to whom
     */
    void within(ServerTransaction request, Way way);

    /**
     * Another node, which a request was sent through, has answered it, so that it has heard both.
     *
     * @param request perhaps to be answered otherwise yet, by somebody who is reached another way
     * @param node that node
     * @param status what it said
     */
    void answered(ServerTransaction request, NodeId node, int status);

    /**
     * The way of a request within a dialog. Both sides know the tokens of both, so that these alone prove nothing.
     *
     * @param sender the side that has sent it; empty where that is not sure
     * @param target the side that it really goes to; empty where that is not sure
     * @param follower tells which node follows the call if this one does not; empty where that is not sure. Asked when a BYE has
     *     been answered: that a node is gone is often known only because nobody there has taken it
     */
    record Way(Optional<Party> sender, Optional<Party> target, Supplier<Optional<NodeId>> follower) {}

    /** Whether a request within a dialog may end its call, or keep it: {@link #within} does nothing for others. */
    static boolean countsWithin(SipMessage request) {
        return request.method().equals("BYE") || refreshes(request);
    }

    /** Whether a request within a dialog refreshes its session, RFC 4028 section 7. */
    static boolean refreshes(SipMessage request) {
        return request.method().equals("UPDATE") || request.method().equals("INVITE");
    }
}
