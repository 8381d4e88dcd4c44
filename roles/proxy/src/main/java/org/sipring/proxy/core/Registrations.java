package org.sipring.proxy.core;

import org.sipring.sip.transaction.ServerTransaction;

/** Works on REGISTER requests. */
@FunctionalInterface
public interface Registrations {
    /**
     * Answers a REGISTER for the platform's domain, now or later.
     *
     * @param transaction the request; to be answered in its loop
     */
    void register(ServerTransaction transaction);
}
