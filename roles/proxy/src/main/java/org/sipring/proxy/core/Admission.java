package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import org.sipring.sip.transaction.ServerTransaction;

/** Decides who may call: digest authentication of the request's sender. */
public interface Admission {
    /**
     * Judges the sender of a request from a phone.
     *
     * @param transaction the request
     * @return the verdict, on any thread; fails when nobody can tell now
     */
    CompletionStage<Verdict> judge(ServerTransaction transaction);

    /** What was decided. */
    sealed interface Verdict {
        /**
         * The sender is who it says.
         *
         * @param aor the address-of-record that it proved, or only says where nothing need be proved
         */
        record Admitted(String aor) implements Verdict {}

        /**
         * The sender must prove itself, or may not.
         *
         * @param response what to answer: 407 with a challenge, or 403
         */
        record Refused(org.sipring.sip.SipMessage response) implements Verdict {}
    }
}
