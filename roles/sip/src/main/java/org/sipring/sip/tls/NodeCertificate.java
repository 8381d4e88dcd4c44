package org.sipring.sip.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.sipring.api.Identity;

/**
 * Shows phones the certificate that other nodes know this node by. It names the SIP domain as a URI (RFC 5922) and, for phones
 * that do not read that, as a DNS name; phones that trust the platform's CA need no other.
 *
 * @param identity this node's
 */
public record NodeCertificate(Identity identity) implements PhoneTls {
    @Override
    public SSLEngine engine() {
        SSLContext context = identity.tls();
        return PhoneEngine.of(context);
    }
}
