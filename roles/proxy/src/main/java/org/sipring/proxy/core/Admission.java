package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import org.sipring.proxy.auth.Verdict;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** Decides who may call: digest authentication of the request's sender. */
public interface Admission {
    /**
     * Judges the sender of a request from a phone.
     *
     * @param request the request, neither ACK nor CANCEL
     * @param from where it came from
     * @return the verdict: refused by 407 with a challenge, or 403; on any thread; fails when nobody can tell now
     */
    CompletionStage<Verdict> judge(SipMessage request, Flow from);
}
