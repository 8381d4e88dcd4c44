package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** Works on REGISTER requests for the platform's domain: authentication and registrar. */
@FunctionalInterface
public interface Registrations {
    /**
     * Answers a REGISTER.
     *
     * @param request the request
     * @param flow where it came from
     * @return the response, on any thread; fails when nobody can tell now
     */
    CompletionStage<SipMessage> register(SipMessage request, Flow flow);
}
