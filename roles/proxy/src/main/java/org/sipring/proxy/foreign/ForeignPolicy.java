package org.sipring.proxy.foreign;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;

/**
 * Who of other domains may speak with our users. From one other domain to another nobody may, whatever is listed, but
 * through a user of ours who forwards calls there.
 *
 * @param outbound whom our users may call, once they have proved who they are
 * @param inbound who may call our users without a proof: by the domain that From claims, or by the address it comes from
 * @param trunks trusted peers, the first that takes a number first
 */
public record ForeignPolicy(Peers outbound, Peers inbound, List<Trunk> trunks) {
    /** Copies the trunks. */
    public ForeignPolicy {
        trunks = List.copyOf(trunks);
    }

    /**
     * Tells whether anything depends on who proves to be a domain.
     *
     * @param domain in lower case
     * @return true where it is listed
     */
    public boolean concerns(String domain) {
        return inbound.name(domain)
                || outbound.name(domain)
                || trunks.stream()
                        .anyMatch(trunk -> trunk.domain().filter(domain::equals).isPresent());
    }

    /**
     * The trusted peer that has sent something.
     *
     * @param from where it came from
     * @return empty for anybody else
     */
    public Optional<Trunk> trunkFrom(Flow from) {
        return trunks.stream().filter(trunk -> trunk.sent(from)).findFirst();
    }

    /**
     * The trusted peers whose server is a host.
     *
     * @param host a name, or an address as numbers, in lower case and without the dot of an absolute name
     * @return the peers, in their order
     */
    public Stream<Trunk> trunksTo(String host) {
        return trunks.stream().filter(trunk -> trunk.isAt(host));
    }

    /**
     * The Request-URI for a user part that is dialled through a trusted peer.
     *
     * @param user the user part
     * @return empty where none of them takes it
     */
    public Optional<SipUri> dialled(String user) {
        return trunks.stream().flatMap(trunk -> trunk.dialled(user).stream()).findFirst();
    }

    /**
     * Tells whether the requests of a call may go to a host that its other side names: one of a domain that is listed, or
     * below it; an address only where it is listed, or where the other side is seen.
     *
     * @param host a name, or an address as numbers
     * @param seen the address that the other side speaks from
     * @return true when they may
     */
    public boolean maySend(String host, InetAddress seen) {
        return Network.parse(host).filter(number -> number.base().equals(seen)).isPresent()
                || outbound.hold(host)
                || inbound.hold(host);
    }

    /**
     * Tells whether there are others at all.
     *
     * @return true where nobody speaks with anybody
     */
    public boolean closed() {
        return equals(CLOSED);
    }

    /** Nobody speaks with anybody. */
    public static final ForeignPolicy CLOSED = new ForeignPolicy(Peers.NOBODY, Peers.NOBODY, List.of());
}
