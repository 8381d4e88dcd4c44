package org.sipring.accounts.domain;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * A SIP domain that has its users here, and how they prove who they are.
 *
 * @param name in lower case
 * @param algorithms the hashes that are offered and kept of new passwords; the strongest first
 * @param enabled whether its users may be served now
 * @param source who says so
 */
public record HostedDomain(String name, List<DigestAlgorithm> algorithms, boolean enabled, Source source) {
    /** Sorts. */
    public HostedDomain {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no digest algorithm: name at least one");
        }
        algorithms =
                algorithms.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    }

    /** Who says that a domain has its users here. */
    public enum Source {
        /** The certificates: it is the platform's own. */
        PLATFORM,
        /** The operator's settings. */
        SETTINGS,
        /** The store. */
        STORE;

        /** The word for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
