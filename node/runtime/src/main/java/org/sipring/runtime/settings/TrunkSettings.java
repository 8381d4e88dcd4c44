package org.sipring.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A trusted peer that is known by its addresses.
 *
 * @param name what the operator calls it
 * @param addresses where its requests come from; none: it calls nobody
 * @param server where requests to it go, a SIP URI without user
 * @param numbers what users dial through it, a regular expression for the user part; empty: nothing
 */
public record TrunkSettings(String name, List<String> addresses, String server, String numbers) {
    private static final String KEY = "foreign.trunks";
    private static final Config NOTHING =
            ConfigFactory.parseMap(Map.of("name", "", "addresses", List.of(), "server", "", "numbers", ""));
    private static final Pattern SERVER =
            Pattern.compile("sip:([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?(;transport=(udp|tcp))?");

    /** Copies the addresses. */
    public TrunkSettings {
        addresses = List.copyOf(addresses);
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
                trunk.word("server", SERVER.asMatchPredicate(), "write it like sip:192.0.2.7:5060;transport=tcp"),
                trunk.word("numbers", TrunkSettings::isExpression, "write a regular expression, such as [+][0-9]+"));
    }

    private static boolean isExpression(String text) {
        try {
            return Pattern.compile(text) != null;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }
}
