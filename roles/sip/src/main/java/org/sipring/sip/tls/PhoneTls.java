package org.sipring.sip.tls;

import javax.net.ssl.SSLEngine;

/** How this node speaks TLS with phones. Callable from any thread. */
public interface PhoneTls {
    /**
     * The server's side of one connection, as of now: certificates may be others for the next.
     *
     * @return a fresh engine
     */
    SSLEngine engine();
}
