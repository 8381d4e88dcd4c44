package org.sipring.sip.locate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Servers that speak one protocol.
 *
 * @param protocol the protocol
 * @param name where their SRV records are
 */
record Service(Protocol protocol, String name) {
    private static final Comparator<Answer.Naptr> IN_ORDER =
            Comparator.comparingInt(Answer.Naptr::order).thenComparingInt(Answer.Naptr::preference);

    static Service of(Protocol protocol, String host) {
        return new Service(protocol, protocol.service(host));
    }

    /**
     * Those that a domain names, in its order. RFC 3263 section 4.1: what this node does not speak is discarded, and so is
     * what is not safe enough for a {@code sips} URI.
     *
     * @return empty when the domain says nothing about SIP, so that it may be guessed; none when it says that there is no
     *     service for us
     */
    static Optional<List<Service>> named(Answer naptr, Reach reach, boolean secure) {
        List<Answer.Naptr> sip = naptr.all(Answer.Naptr.class)
                .filter(Service::isAboutSip)
                .sorted(IN_ORDER)
                .toList();
        return sip.isEmpty()
                ? Optional.empty()
                : Optional.of(sip.stream()
                        .filter(record -> record.flags().equalsIgnoreCase("s"))
                        .flatMap(record -> Protocol.ofNaptr(record.service())
                                .map(protocol -> new Service(protocol, record.replacement()))
                                .stream())
                        .filter(service -> service.fits(reach, secure))
                        .toList());
    }

    private static boolean isAboutSip(Answer.Naptr record) {
        return record.service().regionMatches(true, 0, "SIP+D2", 0, 6)
                || record.service().regionMatches(true, 0, "SIPS+D2", 0, 7);
    }

    /** Those that a domain without NAPTR records may have, in this node's order. */
    static List<Service> guessed(String host, Reach reach, boolean secure) {
        return reach.protocols().stream()
                .map(protocol -> of(protocol, host))
                .filter(service -> service.fits(reach, secure))
                .toList();
    }

    private boolean fits(Reach reach, boolean secure) {
        return reach.speaks(protocol) && (protocol.secure() || !secure);
    }
}
