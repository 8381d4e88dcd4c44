package org.sipring.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A trusted peer that is known by its addresses, or by its certificate.
 *
 * @param name what the operator calls it
 * @param addresses where its requests come from; none: nobody is it by an address
 * @param domain what its certificate says; empty: nobody is it by a certificate
 * @param transports by which its requests come: {@code udp}, {@code tcp}, {@code tls}
 * @param server where requests to it go, a SIP URI without user
 * @param numbers what users dial through it, a regular expression for the user part; empty: nothing
 * @param headers which of {@link #HEADERS} pass between users and the peer
 */
public record TrunkSettings(
        String name,
        List<String> addresses,
        Optional<String> domain,
        List<String> transports,
        String server,
        String numbers,
        List<String> headers) {
    /** What passes between users and a peer only where the operator says so. */
    public static final List<String> HEADERS = List.of(
            "P-Charge-Info",
            "P-Charging-Vector",
            "P-Charging-Function-Addresses",
            "P-Served-User",
            "Diversion",
            "History-Info");

    static final String KEY = "foreign.trunks";
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");
    private static final Config NOTHING = ConfigFactory.parseMap(Map.of(
            "name", "",
            "addresses", List.of(),
            "domain", "",
            "transports", TRANSPORTS,
            "server", "",
            "numbers", "",
            "headers", List.of()));
    private static final int MOST_PORT = 65_535;
    private static final Pattern SERVER =
            Pattern.compile("sip:([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?(;transport=(udp|tcp|tls))?");

    /** Copies the lists. */
    public TrunkSettings {
        addresses = List.copyOf(addresses);
        transports = List.copyOf(transports);
        headers = List.copyOf(headers);
    }

    static List<TrunkSettings> read(Section sip) {
        List<TrunkSettings> trunks = sip.sections(KEY, NOTHING, TrunkSettings::one);
        long names = trunks.stream().map(TrunkSettings::name).distinct().count();
        if (names < trunks.size()) {
            sip.wrong(KEY, "two of them have the same name: give each its own");
        }
        return trunks;
    }

    private static TrunkSettings one(Section trunk) {
        return new TrunkSettings(
                trunk.word("name", name -> name.matches("[a-z0-9-]+"), "write small letters, digits and hyphens"),
                trunk.texts("addresses", ForeignSettings::isNetwork, "write addresses and networks"),
                Optional.of(trunk.word("domain", TrunkSettings::isDomain, "write one domain, such as carrier.example"))
                        .filter(domain -> !domain.isEmpty()),
                trunk.texts("transports", TRANSPORTS::contains, "write udp, tcp or tls"),
                trunk.word("server", TrunkSettings::isServer, "write it like sip:192.0.2.7:5060;transport=tcp"),
                trunk.word("numbers", TrunkSettings::isExpression, "write a regular expression, such as [+][0-9]+"),
                trunk.texts("headers", HEADERS::contains, "write " + String.join(", ", HEADERS)));
    }

    private static boolean isServer(String text) {
        Matcher parts = SERVER.matcher(text);
        return parts.matches() && isHost(parts.group(1)) && (parts.group(2) == null || isPort(parts.group(2)));
    }

    private static boolean isHost(String text) {
        String host = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
        return ForeignSettings.isNetwork(host) || ForeignSettings.isDomain(host);
    }

    private static boolean isPort(String colonAndNumber) {
        int port = Integer.parseInt(colonAndNumber.substring(1));
        return port > 0 && port <= MOST_PORT;
    }

    private static boolean isDomain(String text) {
        return text.isEmpty() || ForeignSettings.isDomain(text);
    }

    private static boolean isExpression(String text) {
        try {
            return Pattern.compile(text) != null;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }
}
