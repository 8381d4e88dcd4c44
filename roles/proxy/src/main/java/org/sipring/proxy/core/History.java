package org.sipring.proxy.core;

import org.jspecify.annotations.Nullable;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;

/** Where one request has been sent, and what came of it, as History-Info tells it. RFC 7044. Lives in one loop. */
interface History {
    /** Of what nobody records. */
    History NONE = new History() {};

    /** Begins the history of a request, where the operator wants one. */
    static History of(ServerTransaction server, ForwardedRequest forwarded) {
        // The platform is one entity to others: the node that has sent it here has written it down.
        boolean recorded = forwarded.platform().recordsHistory()
                && server.flow().node().isEmpty()
                && !Methods.inDialog(server.request());
        return recorded ? new RequestHistory(server.request().requestUri(), forwarded) : NONE;
    }

    /** Begins one of the ways that the request takes. */
    default Step step() {
        return Step.NONE;
    }

    /** All who are asked and have not answered count as silent: others are asked in their place. */
    default void rangLongEnough() {}

    /** The history from now on of a request that whoever is called forwards. RFC 7044 section 9.3. */
    default History diverted(SipUri target, Occasion occasion) {
        return this;
    }

    /** A response to the request, with all ways that it took, where the caller is told. RFC 7044 section 9.4. */
    default SipMessage told(SipMessage response) {
        return response;
    }

    /** One way that the request takes: to a phone, by whichever flow, or to a server. */
    interface Step {
        /** Of what nobody records. */
        Step NONE = new Step() {};

        /** Writes into a request where it has been, and where it is sent now. RFC 7044 section 9.2. */
        default void onto(MessageBuilder request, String uri) {}

        /**
         * It came to nothing. RFC 7044 section 9.3.
         *
         * @param response null where nobody has said so
         */
        default void ended(int status, @Nullable SipMessage response) {}

        /** A response that came this way, with what has been tried until now, where the caller is told. */
        default SipMessage told(SipMessage response) {
            return response;
        }
    }
}
