package org.sipring.sip.transaction;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Status;
import org.sipring.sip.transport.Flow;

/** One request that somebody waits to be answered. Lives in one loop; all methods are called there. */
public abstract class ServerTransaction {
    final ServerSide side;
    private final String key;
    private final Flow flow;
    private final InetSocketAddress sender;
    private @Nullable SipMessage request;
    private @Nullable String tag;
    private @Nullable Runnable onCancel;
    private @Nullable Consumer<SipMessage> onFinal;
    private boolean spoke;

    ServerTransaction(String key, SipMessage request, Flow flow, ServerSide side) {
        this.key = key;
        this.request = request;
        this.flow = flow;
        this.sender = side.sender(flow, request);
        this.side = side;
    }

    /** What names the transaction among those of its loop. */
    final String key() {
        return key;
    }

    /**
     * What is asked.
     *
     * @return the request, its top Via completed by where it came from
     * @throws IllegalStateException once {@link #answered}: only the answer is remembered then
     */
    public final SipMessage request() {
        SipMessage known = request;
        if (known == null) {
            throw new IllegalStateException("the request has been answered and forgotten: check answered() first");
        }
        return known;
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
     * Answers whoever has not proved who it is, and forgets it at once: no answer is repeated, a repeated request is a new
     * one, and the ACK ends here. RFC 3261 sections 8.2.7 and 26.3.2.4. Does nothing when the request has been answered.
     *
     * @param response this node's own final response; gets the To tag of this transaction
     */
    public final void respondStateless(SipMessage response) {
        if (!answered()) {
            SipMessage own = Responses.retagged(request(), response, tag());
            decided(own);
            end();
            side.replyStateless(flow, own.bytes());
        }
    }

    /**
     * Does a part of the work on it, in its loop: what goes on when others have answered. When that fails the requester is
     * told 500, phones that ring are told to stop, and nothing of the transaction stays.
     *
     * @param part may throw
     */
    public final void work(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | StackOverflowError bug) {
            Runnable stop = answered() ? null : onCancel;
            broken();
            if (stop != null) {
                stop.run();
            }
            throw bug;
        }
    }

    /** The work on it has failed: nothing of it stays, unless the request has been answered. */
    final void broken() {
        if (!answered()) {
            try {
                respondStateless(response(500));
            } finally {
                end();
            }
        }
    }

    /**
     * Answers with nothing but a status, unless the request has been answered.
     *
     * @param status 100 to 699
     * @param reason the reason phrase
     */
    public final void respond(int status, String reason) {
        if (!answered()) {
            respond(response(status, reason));
        }
    }

    /**
     * Answers with nothing but a status and its usual reason phrase, unless the request has been answered.
     *
     * @param status 100 to 699
     */
    public final void respond(int status) {
        respond(status, Status.reason(status));
    }

    /** Answers that it may be tried again in a moment, unless the request has been answered. */
    public final void respondUnavailable() {
        if (!answered()) {
            respond(Responses.unavailable(request(), tag()));
        }
    }

    /** The same, to whoever asks for too much: nothing is kept, as by {@link #respondStateless}. */
    public final void respondLater() {
        if (!answered()) {
            respondStateless(Responses.unavailable(request(), tag(), side.retryAfterSeconds()));
        }
    }

    /**
     * Begins an answer of this node's own, with the usual reason phrase.
     *
     * @param status 100 to 699
     * @return the response, with this transaction's To tag unless it is a 100
     */
    public final SipMessage response(int status) {
        return response(status, Status.reason(status));
    }

    /**
     * Begins an answer of this node's own.
     *
     * @param status 100 to 699
     * @param reason the reason phrase
     * @return the response, with this transaction's To tag unless it is a 100
     */
    public final SipMessage response(int status, String reason) {
        return Responses.of(request(), status, reason, status == 100 ? null : tag());
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

    /**
     * Says who wants to hear the final response, whoever gives it: once, just before it is sent. Of several each hears it,
     * in their order.
     *
     * @param listener does not answer itself
     */
    public final void onFinal(Consumer<SipMessage> listener) {
        Consumer<SipMessage> before = onFinal;
        onFinal = before == null ? listener : before.andThen(listener);
    }

    /** The answer is final. */
    final void decided(SipMessage response) {
        Consumer<SipMessage> listener = onFinal;
        onFinal = null;
        if (listener != null) {
            listener.accept(response);
        }
    }

    final void cancelled() {
        Runnable action = onCancel;
        if (answered()) {
            return;
        }
        if (action == null) {
            respond(487);
        } else {
            action.run();
        }
    }

    /** A final response has been given. Thousands of transactions may wait for their last timer: they must be small. */
    final void forgetRequest() {
        onCancel = null;
        request = null;
    }

    /** The request arrived once more. */
    abstract void repeated();

    /** Nothing of this transaction is needed any more. */
    abstract void end();

    /**
     * Tells whether nothing has been said yet.
     *
     * @return false after the first response of any kind
     */
    public final boolean silent() {
        return !spoke && !answered();
    }

    final void send(byte[] response) {
        spoke = true;
        side.reply(flow, sender, response);
    }

    /** The tag of every answer that this node itself gives. */
    final String tag() {
        String known = tag;
        if (known == null) {
            known = side.tag(request());
            tag = known;
        }
        return known;
    }
}
