package org.sipring.proxy.foreign;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sipring.sip.SipUri;

/**
 * A peer that is known by its addresses and trusted, such as a carrier: RFC 3325's trust domain reaches to it.
 *
 * @param name what the operator calls it
 * @param addresses where its requests come from
 * @param server where requests to it go: a host with a port and a transport, as a URI writes them
 * @param numbers what of the platform's own URIs is dialled through it: the user part matches as a whole
 */
public record Trunk(String name, Peers addresses, SipUri server, Pattern numbers) {
    // An expression may take long over a long text, and no number of E.164 has more than 15 digits.
    private static final int LONGEST = 64;

    /**
     * Tells whether an address is the peer's.
     *
     * @param address where a packet came from
     * @return true when it is listed
     */
    public boolean includes(InetAddress address) {
        return addresses.include(address);
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
