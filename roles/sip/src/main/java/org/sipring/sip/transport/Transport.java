package org.sipring.sip.transport;

/** How bytes travel. */
public enum Transport {
    /** Datagrams between a phone and its edge. */
    UDP("UDP", false),
    /** A stream between a phone and its edge. */
    TCP("TCP", true),
    /** A stream between two nodes of the platform, under mutual TLS with node certificates. */
    NODE("TLS", true);

    private final String via;
    private final boolean reliable;

    Transport(String via, boolean reliable) {
        this.via = via;
        this.reliable = reliable;
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
     * Tells whether the transport repeats what is lost, so that transactions need not.
     *
     * @return true for streams
     */
    public boolean reliable() {
        return reliable;
    }
}
