package org.sipring.proxy.core;

import java.util.List;
import java.util.Set;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.transport.Transport;

/**
 * A phone that a request may be sent to.
 *
 * @param uri the Request-URI it wants: the contact it registered, or the remote target of a dialog
 * @param listens the URI where a connection may be opened to it; the same, or the contact it registered
 * @param edge who reaches it
 * @param path the Routes between the edge and the phone, RFC 3327
 * @param anew whether the flow was found closed, so that a new connection is opened
 */
record Target(String uri, String listens, Edge edge, List<String> path, boolean anew) {
    private static final Set<Transport> DIALLED = Set.of(Transport.UDP, Transport.TCP);

    /** A registered contact. */
    static Target of(Locations.Registered contact) {
        return new Target(contact.uri(), contact.uri(), contact.edge(), contact.path(), false);
    }

    /** The phone of a dialog, at the edge that its token names. */
    static Target of(String remoteTarget, Edge edge) {
        return new Target(remoteTarget, remoteTarget, edge, List.of(), false);
    }

    /** The phone of a dialog, by what it registered; the dialog has a route set of its own. */
    static Target within(String remoteTarget, Locations.Registered contact) {
        return new Target(remoteTarget, contact.uri(), contact.edge(), List.of(), false);
    }

    /** Whether a SIPS URI is reached over TLS, as it must be. */
    boolean permitted() {
        return Sips.permits(uri, edge.flow());
    }

    /**
     * Whether connections may be opened to it. A phone that numbers its flows is called over these, RFC 5626; one that came
     * by TLS has no certificate that names it, and nothing less than TLS will do; browsers take no calls (RFC 7118 section
     * 5.1).
     */
    boolean acceptsConnections() {
        return edge.regId() == 0 && DIALLED.contains(edge.flow().transport());
    }

    /** Whether there is another way when the flow turns out to be closed. */
    boolean renewable() {
        return !anew && acceptsConnections() && edge.flow().transport() == Transport.TCP;
    }

    /** The same phone by a new connection. */
    Target renewed() {
        return new Target(uri, listens, edge, path, true);
    }

    /** How it is reached by a way, in words. */
    String by(Way way) {
        if (anew || way instanceof Way.Connection) {
            return "over a new connection";
        }
        if (way instanceof Way.Through) {
            return "through the node that holds its flow";
        }
        return way.here() ? "over its own flow" : "straight, since its node is gone";
    }
}
