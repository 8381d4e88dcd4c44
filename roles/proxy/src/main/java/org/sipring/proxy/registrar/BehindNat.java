package org.sipring.proxy.registrar;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.sipring.sip.HostPort;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/**
 * Tells which phones sit behind a NAT and do nothing about it: their contacts name another host than the packets show, and
 * they did not negotiate RFC 5626, which would have them keep the way open themselves. Pure.
 */
public final class BehindNat {
    private BehindNat() {}

    /**
     * The contacts of a REGISTER that are reached only while a NAT remembers its sender.
     *
     * @param request the REGISTER
     * @param seen where it came from
     * @return their URIs as they are written; none where another proxy, which a Path names, has the flow
     */
    public static List<String> contacts(SipMessage request, InetAddress seen) {
        return request.contacts().orElse(List.of()).stream()
                .filter(contact -> holds(request, contact, seen))
                .map(NameAddr::uri)
                .toList();
    }

    /** Whether a contact of a REGISTER is one of them. */
    static boolean holds(SipMessage request, NameAddr contact, InetAddress seen) {
        return !Outbound.asked(request, contact)
                && RegisterReader.path(request).isEmpty()
                && contact.sipUri().filter(uri -> elsewhere(uri, seen)).isPresent();
    }

    private static boolean elsewhere(SipUri uri, InetAddress seen) {
        return seen instanceof Inet6Address
                // IPv6 has many texts for one address.
                ? uri.address()
                        .map(InetSocketAddress::getAddress)
                        .filter(seen::equals)
                        .isEmpty()
                : !uri.host().equals(HostPort.host(seen));
    }
}
