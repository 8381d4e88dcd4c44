package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** Works on REGISTER requests for the platform's domain: authentication and registrar. Callable from any thread. */
public interface Registrations {
    /**
     * Answers a REGISTER.
     *
     * @param request the request
     * @param flow where it came from
     * @return the response, on any thread; fails when nobody can tell now
     */
    CompletionStage<SipMessage> register(SipMessage request, Flow flow);

    /**
     * Forgets a contact, because its flow is closed for good and its phone could be reached in no other way. Returns at
     * once; whether it comes to pass nobody hears.
     *
     * @param aor the address-of-record that has it
     * @param flow the flow; a contact that was registered over another since stays
     * @param uri the contact, as a Request-URI
     */
    void forget(String aor, FlowRef flow, String uri);
}
