package org.sipring.runtime.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the node speaks SIP.
 *
 * @param port for phones, UDP and TCP
 * @param nodesPort for other nodes, mutual TLS
 * @param recordRoute what Record-Route names
 * @param authentication how phones prove who they are
 * @param algorithms digest algorithms to offer, in this order
 * @param authInt whether the protection of bodies is offered as well: RFC 7616 section 3.4.3
 * @param anyContact whether a Contact is used as it is written, wherever it points
 * @param expires how long registrations hold
 * @param udpLoops threads that serve SIP, at most {@link #MAX_UDP_LOOPS}; 0: one per processor core
 * @param maxMessageBytes the largest message over TCP, 65,535 at most
 * @param tls how it speaks TLS with phones
 * @param web how it speaks WebSocket with browsers
 * @param foreign other domains
 * @param defence what it bears
 * @param hosted further domains that have their users here
 * @param calls what is remembered of calls
 * @param historyInfo whether requests say where they have been sent: RFC 7044
 * @param natPings how often phones behind a NAT are pinged that do not keep it open themselves; zero for never
 * @param bindingsSnapshot how often the bindings are written to the disk; zero for never
 */
public record SipSettings(
        int port,
        int nodesPort,
        RecordRoute recordRoute,
        Authentication authentication,
        List<String> algorithms,
        boolean authInt,
        boolean anyContact,
        Expires expires,
        int udpLoops,
        int maxMessageBytes,
        Tls tls,
        Web web,
        ForeignSettings foreign,
        DefenceSettings defence,
        List<HostedSettings> hosted,
        CallsSettings calls,
        boolean historyInfo,
        Duration natPings,
        Duration bindingsSnapshot) {
    /** How many threads serve SIP at most, on however many cores. */
    public static final int MAX_UDP_LOOPS = 64;

    static final Map<String, String> ALGORITHMS =
            Map.of("MD5", "MD5", "SHA-256", "SHA-256", "SHA-512-256", "SHA-512-256");

    /** Copies the lists. */
    public SipSettings {
        algorithms = List.copyOf(algorithms);
        hosted = List.copyOf(hosted);
    }

    /** What Record-Route names. */
    public enum RecordRoute {
        /** The node's edge name, which survives the node. */
        NAME,
        /** The node's address, for phones that cannot use the platform's DNS. */
        ADDRESS;

        /** The word for it in a configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How phones prove who they are. */
    public enum Authentication {
        /** RFC 8760 digest. */
        DIGEST,
        /** Not at all. */
        NONE
    }

    /**
     * How long registrations hold (RFC 3261 section 10.3).
     *
     * @param min less is answered 423
     * @param usual where the phone does not ask
     * @param max more is cut to this
     * @param spread by how much less is granted at most, in percent
     */
    public record Expires(Duration min, Duration usual, Duration max, int spread) {
        static Expires read(Section section) {
            Duration day = Duration.ofDays(1);
            Expires expires = new Expires(
                    section.duration("expires.min", Duration.ofSeconds(1), day),
                    section.duration("expires.default", Duration.ofSeconds(1), day),
                    section.duration("expires.max", Duration.ofSeconds(1), day),
                    section.number("expires.spread", 0, 50));
            if (expires.min.compareTo(expires.usual) > 0 || expires.usual.compareTo(expires.max) > 0) {
                section.wrong(
                        "expires.default",
                        "it is not between expires.min and expires.max, which are %d s and %d s: raise or lower one of the three"
                                .formatted(expires.min.toSeconds(), expires.max.toSeconds()));
            }
            return expires;
        }
    }

    /**
     * How phones connect by TLS.
     *
     * @param port where they connect
     * @param certificates the folder of what they see; empty: the node's own certificate
     * @param clientCa the CAs whose phones are asked for a certificate; empty: none are
     */
    public record Tls(int port, Optional<Path> certificates, Optional<Path> clientCa) {
        static Tls read(Section section, Settings.Source source) {
            Tls tls = new Tls(
                    section.port("tls.port"), section.folder("tls.certificates"), section.file("tls.client-ca"));
            if (tls.clientCa.isPresent() && !section.isWritten("tls.certificates")) {
                section.wrong(
                        "tls.client-ca",
                        "phones that show a certificate see one of yours: name their folder in sip.tls.certificates");
            }
            tls.certificates.filter(Files::isDirectory).ifPresent(folder -> source.certificates()
                    .mistakes(folder, tls.clientCa.filter(Files::isReadable))
                    .forEach(mistake -> section.wrong("tls.certificates", mistake)));
            return tls;
        }
    }

    /**
     * How browsers connect by WebSocket (RFC 7118).
     *
     * @param port without TLS
     * @param securePort with TLS
     * @param origins whose pages may connect, beside those of the SIP domain; {@code *} for all
     */
    public record Web(int port, int securePort, List<String> origins) {
        private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s]+");

        /** Copies the origins. */
        public Web {
            origins = List.copyOf(origins);
        }

        static Web read(Section section) {
            Web web = new Web(section.port("web.port"), section.port("web.secure-port"), section.texts("web.origins"));
            web.origins.stream()
                    .filter(origin -> !ORIGIN.matcher(origin).matches())
                    .forEach(origin -> section.wrong(
                            "web.origins",
                            "'%s' is no origin: write it like https://phone.example.org, without a path, or * for all"
                                    .formatted(origin)));
            return web;
        }
    }

    private static Duration everyOrNever(Section section, String key, Duration least, Duration most) {
        Duration every = section.duration(key, Duration.ZERO, most);
        if (!every.isZero() && every.compareTo(least) < 0) {
            section.wrong(
                    key,
                    "that is too often: use %ds to %ds, or 0s for none".formatted(least.toSeconds(), most.toSeconds()));
            return least;
        }
        return every;
    }

    static SipSettings read(Section section, Settings.Source source) {
        SipSettings settings = new SipSettings(
                section.port("port"),
                section.port("nodes-port"),
                section.choice(
                        "record-route",
                        Stream.of(RecordRoute.values()).collect(Collectors.toMap(RecordRoute::toString, one -> one))),
                section.choice("authentication", Map.of("digest", Authentication.DIGEST, "none", Authentication.NONE)),
                section.choices("algorithms", ALGORITHMS),
                section.flag("auth-int"),
                section.flag("any-contact"),
                Expires.read(section),
                section.number("udp-loops", 0, MAX_UDP_LOOPS),
                section.bytes("max-message", 4 << 10, 65_535),
                Tls.read(section, source),
                Web.read(section),
                ForeignSettings.read(section, source),
                DefenceSettings.read(section),
                HostedSettings.read(section, source.self().domain()),
                CallsSettings.read(section),
                section.flag("history-info"),
                everyOrNever(section, "nat-pings", Duration.ofSeconds(5), Duration.ofMinutes(2)),
                everyOrNever(section, "bindings-snapshot", Duration.ofSeconds(1), Duration.ofHours(1)));
        if (settings.algorithms.isEmpty() && settings.authentication == Authentication.DIGEST) {
            section.wrong("algorithms", "digest needs one at least, such as MD5");
        }
        if (settings.authentication == Authentication.NONE) {
            settings.foreign.checkProofs(section);
        }
        return settings;
    }
}
