package org.sipring.sip.transaction;

import org.jspecify.annotations.Nullable;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** One request that somebody waits to be answered. Lives in one loop; all methods are called there. */
public abstract class ServerTransaction {
    private final SipMessage request;
    private final Flow flow;
    final ServerSide side;
    private @Nullable String tag;
    private @Nullable Runnable onCancel;

    ServerTransaction(SipMessage request, Flow flow, ServerSide side) {
        this.request = request;
        this.flow = flow;
        this.side = side;
    }

    /**
     * What is asked.
     *
     * @return the request, its top Via completed by where it came from
     */
    public final SipMessage request() {
        return request;
    }

    /**
     * Who asks.
     *
     * @return where the request came from
     */
    public final Flow flow() {
        return flow;
    }

    /**
     * Answers. What comes after the final response is dropped, except further 2xx to an INVITE.
     *
     * @param response with the requester's Via on top
     */
    public abstract void respond(SipMessage response);

    /**
     * Answers with nothing but a status.
     *
     * @param status 100 to 699
     * @param reason the reason phrase
     */
    public final void respond(int status, String reason) {
        respond(response(status, reason));
    }

    /**
     * Begins an answer of this node's own.
     *
     * @param status 100 to 699
     * @param reason the reason phrase
     * @return the response, with this transaction's To tag unless it is a 100
     */
    public final SipMessage response(int status, String reason) {
        return Responses.of(request, status, reason, status == 100 ? null : tag());
    }

    /**
     * Tells whether a final response has been given.
     *
     * @return true when the answer cannot be changed any more
     */
    public abstract boolean answered();

    /**
     * Says what to do when the requester wants an INVITE no more and no final response has been given yet. Until this
     * has been called, a CANCEL makes the answer 487.
     *
     * @param action sees to it that a final response is given soon
     */
    public final void onCancel(Runnable action) {
        onCancel = action;
    }

    final void cancelled() {
        Runnable action = onCancel;
        if (answered()) {
            return;
        }
        if (action == null) {
            respond(487, "Request Terminated");
        } else {
            action.run();
        }
    }

    /** A final response has been given: what the user knows of the request is needed no more. */
    final void forgetUser() {
        onCancel = null;
    }

    /** The request arrived once more. */
    abstract void repeated();

    /** The tag of every answer that this node itself gives. */
    final String tag() {
        String known = tag;
        if (known == null) {
            known = side.newTag();
            tag = known;
        }
        return known;
    }
}
