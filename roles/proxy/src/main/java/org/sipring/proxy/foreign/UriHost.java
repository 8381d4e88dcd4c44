package org.sipring.proxy.foreign;

import org.sipring.sip.SipUri;

/** The hosts of a URI: in lower case, without the dot of an absolute name. */
public final class UriHost {
    private UriHost() {}

    /**
     * The host that a URI leads to, RFC 3263 section 4.
     *
     * @param uri the URI
     * @return its maddr, or else its host
     */
    public static String of(SipUri uri) {
        return withoutDot(uri.maddr().orElse(uri.host()));
    }

    /**
     * The host that a URI shows to people, wherever it leads.
     *
     * @param uri the URI
     * @return its host
     */
    public static String shown(SipUri uri) {
        return withoutDot(uri.host());
    }

    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
