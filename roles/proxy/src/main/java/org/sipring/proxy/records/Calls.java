package org.sipring.proxy.records;

import java.util.function.BooleanSupplier;
import org.sipring.api.NodeId;
import org.sipring.sip.transaction.ServerTransaction;

/** Hears of calls what their records need. Each instance lives in one loop. */
public interface Calls {
    /** Records none. */
    Calls NONE = new Calls() {
        @Override
        public void begins(ServerTransaction invite, CallRecord.Caller caller) {}

        @Override
        public void reached(ServerTransaction invite, NodeId node) {}

        @Override
        public void within(ServerTransaction request, BooleanSupplier orphan) {}
    };

    /**
     * A request of somebody who may call. Does nothing unless it is an INVITE outside dialogs.
     *
     * @param invite not answered yet
     * @param caller who calls
     */
    void begins(ServerTransaction invite, CallRecord.Caller caller);

    /**
     * A phone takes the call.
     *
     * @param invite the call's
     * @param node which node holds the phone's flow
     */
    void reached(ServerTransaction invite, NodeId node);

    /**
     * A request within a dialog.
     *
     * @param request not answered yet
     * @param orphan tells whether the node that follows the call may be gone; asked of a BYE of a call that this node does
     *     not follow
     */
    void within(ServerTransaction request, BooleanSupplier orphan);
}
