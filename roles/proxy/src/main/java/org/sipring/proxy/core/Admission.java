package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import org.sipring.sip.SipMessage;

/** Decides who may call: digest authentication of the request's sender. */
public interface Admission {
    /**
     * Judges the sender of a request from a phone.
     *
     * @param request the request, neither ACK nor CANCEL
     * @return the verdict, on any thread; fails when nobody can tell now
     */
    CompletionStage<Verdict> judge(SipMessage request);

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
        record Refused(SipMessage response) implements Verdict {}
    }
}
