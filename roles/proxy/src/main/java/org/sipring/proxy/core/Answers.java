package org.sipring.proxy.core;

import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * What this proxy answers itself. Strangers leave nothing behind, so that a flood of them cannot fill this node: RFC 3261
 * section 26.3.2.4.
 */
final class Answers {
    private Answers() {}

    /** RFC 3261 section 17.2.1: the caller repeats an INVITE until it hears something. */
    static void trying(ServerTransaction transaction) {
        if (transaction.silent() && transaction.request().method().equals("INVITE")) {
            transaction.respond(100);
        }
    }

    /** Refuses somebody who has proved nothing, unless it has been answered. */
    static void refuseStranger(ServerTransaction transaction, int status) {
        if (!transaction.answered()) {
            transaction.respondStateless(transaction.response(status));
        }
    }

    static void refuse(ServerTransaction transaction, RouteSet routeSet, int status, String reason) {
        refuse(transaction, routeSet, transaction.response(status, reason));
    }

    /** Refuses a request of somebody who may be a stranger. */
    static void refuse(ServerTransaction transaction, RouteSet routeSet, SipMessage response) {
        boolean partner = routeSet.edge().isPresent() && Methods.inDialog(transaction.request());
        if (partner || transaction.flow().node().isPresent()) {
            transaction.respond(response);
        } else {
            transaction.respondStateless(response);
        }
    }

    /** Whoever gets a challenge has proved nothing; whoever gets another answer has. */
    static void give(ServerTransaction transaction, SipMessage response) {
        if (Challenges.isOne(response.status())) {
            transaction.respondStateless(response);
        } else {
            transaction.respond(response);
        }
    }
}
