package org.sipring.proxy.core;

import java.util.List;
import org.sipring.proxy.edge.Edge;
import org.sipring.sip.transport.Transport;

/**
 * A phone that a request may be sent to.
 *
 * @param contact the Request-URI it wants: the contact it registered, or the remote target of a dialog
 * @param edge who reaches it
 * @param path the Routes between the edge and the phone, RFC 3327
 * @param anew whether the flow was found closed, so that a new connection is opened to the contact
 * @param trusted whether the contact came by an authenticated registration, so that a connection may be opened to it
 */
record Target(String contact, Edge edge, List<String> path, boolean anew, boolean trusted) {
    /** A registered contact. */
    static Target of(Locations.Registered contact) {
        return new Target(contact.uri(), contact.edge(), contact.path(), false, true);
    }

    /** The phone of a dialog, by an edge of its choice. */
    static Target of(String remoteTarget, Edge edge) {
        return new Target(remoteTarget, edge, List.of(), false, false);
    }

    /** Whether there is another way when the flow turns out to be closed. */
    boolean renewable() {
        return !anew && edge.transport() == Transport.TCP;
    }

    /** The same phone by a new connection. */
    Target renewed() {
        return new Target(contact, edge, path, true, trusted);
    }
}
