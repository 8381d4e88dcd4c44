package org.sipring.sip.transport;

import org.jspecify.annotations.Nullable;

/** How bytes travel. */
public enum Transport {
    /** Datagrams between a phone and its edge. */
    UDP("UDP", null),
    /** A stream between a phone and its edge. */
    TCP("TCP", "tcp"),
    /** A stream under TLS between a phone and its edge. */
    TLS("TLS", "tls"),
    /** WebSocket between a browser and its edge, RFC 7118. */
    WS("WS", "ws"),
    /** WebSocket under TLS between a browser and its edge, RFC 7118. */
    WSS("WSS", "ws"),
    /** A stream between two nodes of the platform, under mutual TLS with node certificates. */
    NODE("TLS", null);

    private final String via;
    private final @Nullable String parameter;

    Transport(String via, @Nullable String parameter) {
        this.via = via;
        this.parameter = parameter;
    }

    /**
     * The transport's name in a Via header field, RFC 3261 section 20.42.
     *
     * @return such as {@code UDP}
     */
    public String via() {
        return via;
    }

    /**
     * What a URI must say so that a phone takes this transport to an address, RFC 3263 section 4.1. A browser knows by
     * its own means which of its two kinds it uses, RFC 7118 section 5.5.
     *
     * @return the value of {@code transport}, or null where nothing need be said
     */
    public @Nullable String parameter() {
        return parameter;
    }

    /**
     * Tells whether the transport repeats what is lost, so that transactions need not.
     *
     * @return true for streams
     */
    public boolean reliable() {
        return this != UDP;
    }

    /**
     * Tells whether nobody on the way can read or change what travels. RFC 3261 section 26.2.2: a SIPS URI is reached by
     * such transports only.
     *
     * @return true for TLS
     */
    public boolean secure() {
        return this == TLS || this == WSS || this == NODE;
    }

    /**
     * Tells whether SIP messages travel in WebSocket's.
     *
     * @return true for both kinds
     */
    public boolean webSocket() {
        return this == WS || this == WSS;
    }
}
