package org.sipring.sip.locate;

import java.util.Arrays;
import java.util.Optional;

/** How another server may be spoken to, and what DNS calls it. RFC 3263 sections 4.1 and 4.2. */
public enum Protocol {
    UDP("SIP+D2U", "_sip._udp.", 5060),
    TCP("SIP+D2T", "_sip._tcp.", 5060),
    /** TLS over TCP. */
    TLS("SIPS+D2T", "_sips._tcp.", 5061);

    private final String naptr;
    private final String srv;
    private final int port;

    Protocol(String naptr, String srv, int port) {
        this.naptr = naptr;
        this.srv = srv;
        this.port = port;
    }

    /** Where the service of a host is published. */
    String service(String host) {
        return srv + host;
    }

    /**
     * The port where nothing names another, RFC 3261 section 19.1.2.
     *
     * @return 5060, or 5061 for TLS
     */
    public int port() {
        return port;
    }

    /** Whether it may serve a {@code sips} URI. */
    boolean secure() {
        return this == TLS;
    }

    /** The protocol that a NAPTR record's service field names; empty for one that this software does not know. */
    static Optional<Protocol> ofNaptr(String service) {
        return Arrays.stream(values())
                .filter(each -> each.naptr.equalsIgnoreCase(service))
                .findFirst();
    }

    /** What a URI's transport parameter asks for. RFC 3261 section 26.2.2: {@code transport=tls} is old, and seen. */
    static Optional<Protocol> ofTransport(String transport, boolean secure) {
        return switch (transport) {
            case "UDP" -> secure ? Optional.empty() : Optional.of(UDP);
            case "TCP" -> Optional.of(secure ? TLS : TCP);
            case "TLS" -> Optional.of(TLS);
            default -> Optional.empty();
        };
    }
}
