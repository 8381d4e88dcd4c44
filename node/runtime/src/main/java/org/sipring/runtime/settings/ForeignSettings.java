package org.sipring.runtime.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who of other domains may speak with the platform's users.
 *
 * @param outbound whom users may call
 * @param inbound who may call users
 * @param trunks trusted peers
 * @param cas who signs the certificates of other domains' servers; empty: the system's CAs
 */
public record ForeignSettings(
        List<String> outbound, List<String> inbound, List<TrunkSettings> trunks, Optional<Path> cas) {
    /** Nobody. */
    public static final ForeignSettings CLOSED = new ForeignSettings(List.of(), List.of(), List.of(), Optional.empty());

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}(/(3[0-2]|[12]?\\d))?");
    private static final Pattern IPV6 =
            Pattern.compile("(?=.*:)(?!.*:::)[0-9a-fA-F:]{2,39}(/(12[0-8]|1[01]\\d|[1-9]?\\d))?");
    // Its last label has a letter: what is all numbers was meant to be an address.
    private static final Pattern DOMAIN = Pattern.compile(
            "\\*|(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*(?=[a-z0-9-]*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);

    /** Copies both. */
    public ForeignSettings {
        outbound = List.copyOf(outbound);
        inbound = List.copyOf(inbound);
        trunks = List.copyOf(trunks);
    }

    static ForeignSettings read(Section section, Settings.Source source) {
        ForeignSettings settings = new ForeignSettings(
                peers(section, "foreign.outbound"),
                peers(section, "foreign.inbound"),
                TrunkSettings.read(section),
                section.file("foreign.ca"));
        settings.cas.filter(Files::isReadable).ifPresent(file -> source.certificates()
                .mistakes(file)
                .forEach(mistake -> section.wrong("foreign.ca", mistake)));
        if (settings.provedTrunks() && !section.isWritten("tls.certificates")) {
            section.wrong(
                    TrunkSettings.KEY,
                    "a peer is asked for its certificate by who shows its own: name the folder of yours in"
                            + " sip.tls.certificates, or leave 'domain' out");
        }
        return settings;
    }

    private boolean provedTrunks() {
        return trunks.stream().anyMatch(trunk -> trunk.domain().isPresent());
    }

    /** Notes who could be called by anybody where callers prove nothing. */
    void checkProofs(Section section) {
        String mistake =
                "without authentication anybody would call others through this platform: leave it empty, or set"
                        + " sip.authentication = digest";
        if (!outbound.isEmpty()) {
            section.wrong("foreign.outbound", mistake);
        }
        if (!trunks.isEmpty()) {
            section.wrong("foreign.trunks", mistake);
        }
    }

    private static List<String> peers(Section section, String key) {
        return section.texts(
                key,
                text -> isNetwork(text) || DOMAIN.matcher(text).matches(),
                "write a domain such as example.com or *.example.com, an address or a network such as 192.0.2.0/24,"
                        + " or * for all domains");
    }

    static boolean isDomain(String text) {
        return !text.contains("*") && DOMAIN.matcher(text).matches();
    }

    static boolean isNetwork(String text) {
        return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
    }
}
