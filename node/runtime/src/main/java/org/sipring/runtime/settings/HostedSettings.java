package org.sipring.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A SIP domain of others that has its users on this platform.
 *
 * @param name the domain, in lower case
 * @param algorithms the digest algorithms to offer its users; none: those of the platform's own domain
 */
public record HostedSettings(String name, List<String> algorithms) {
    private static final String KEY = "domains";
    private static final Config NOTHING = ConfigFactory.parseMap(Map.of("name", "", "algorithms", List.of()));

    /** Copies the algorithms. */
    public HostedSettings {
        algorithms = List.copyOf(algorithms);
    }

    static List<HostedSettings> read(Section sip, String own) {
        List<HostedSettings> all = sip.sections(KEY, NOTHING, HostedSettings::one);
        Set<String> seen = new HashSet<>(Set.of(own));
        all.stream()
                .map(HostedSettings::name)
                .filter(name -> !seen.add(name))
                .forEach(name -> sip.wrong(
                        KEY,
                        name.equals(own)
                                ? name + " is the platform's own domain: leave it out"
                                : name + " stands there twice: leave one of them out"));
        return all;
    }

    private static HostedSettings one(Section domain) {
        return new HostedSettings(
                domain.word("name", HostedSettings::isDomain, "write a domain in small letters, such as example.org"),
                domain.choices("algorithms", SipSettings.ALGORITHMS));
    }

    private static boolean isDomain(String text) {
        return ForeignSettings.isDomain(text) && text.matches("[a-z0-9.-]+");
    }
}
