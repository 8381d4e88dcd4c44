package org.sipring.proxy.foreign;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/**
 * A peer that is trusted, such as a carrier: RFC 3325's trust domain reaches to it. It is known by its addresses, or by its
 * certificate.
 *
 * @param name what the operator calls it
 * @param addresses where its requests come from
 * @param domain what it proves to be by a certificate where it connects by TLS, and where it is connected to
 * @param transports by which its requests come
 * @param server where requests to it go: a host with a port and a transport, as a URI writes them
 * @param numbers what of the platform's own URIs is dialled through it: the user part matches as a whole
 * @param headers what it may tell our users and is told, out of headers that other domains are neither
 */
public record Trunk(
        String name,
        Peers addresses,
        Optional<String> domain,
        Set<Transport> transports,
        SipUri server,
        Pattern numbers,
        Set<String> headers) {
    /** What passes between users and a peer only where it is one of the peer's own {@link #headers}. */
    public static final Set<HeaderName> HEADERS = Collections.unmodifiableSet(EnumSet.of(
            HeaderName.P_CHARGE_INFO,
            HeaderName.P_CHARGING_VECTOR,
            HeaderName.P_CHARGING_FUNCTION_ADDRESSES,
            HeaderName.P_SERVED_USER,
            HeaderName.DIVERSION,
            HeaderName.HISTORY_INFO));

    // An expression may take long over a long text, and no number of E.164 has more than 15 digits.
    private static final int LONGEST = 64;

    /** Copies the sets. */
    public Trunk {
        transports = Set.copyOf(transports);
        headers = Set.copyOf(headers);
    }

    /**
     * Tells whether a request is the peer's.
     *
     * @param from where it came from
     * @return true when its address is listed, or its certificate the peer's, and it came by the right transport
     */
    public boolean sent(Flow from) {
        return transports.contains(from.transport())
                && (domain.filter(from.proof().domains()::contains).isPresent()
                        || addresses.include(from.remote().getAddress()));
    }

    /**
     * Tells whether requests to it go to a host.
     *
     * @param host a name, or an address as numbers, in lower case and without the dot of an absolute name
     * @return true for its server's
     */
    public boolean isAt(String host) {
        return UriHost.of(server).equals(host);
    }

    /**
     * Tells whether users dial through it, and so reach it by nothing but the numbers that they may. A trunk without numbers
     * is a neighbour whose users are called by their addresses.
     *
     * @return true where it has numbers
     */
    public boolean isDialled() {
        return !numbers.pattern().isEmpty();
    }

    /**
     * The Request-URI for a user part that is dialled through the peer.
     *
     * @param user the user part
     * @return empty when it is not dialled through this peer
     */
    public Optional<SipUri> dialled(String user) {
        return user.length() <= LONGEST && numbers.matcher(user).matches()
                ? Optional.of(server.withUser(user))
                : Optional.empty();
    }
}
