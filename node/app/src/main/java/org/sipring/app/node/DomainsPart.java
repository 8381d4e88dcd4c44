package org.sipring.app.node;

import java.util.List;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.runtime.settings.HostedSettings;
import org.sipring.runtime.settings.Settings;
import org.sipring.runtime.settings.SipSettings;
import org.sipring.sip.digest.DigestAlgorithm;

/** The domains that the operator's settings name. */
final class DomainsPart {
    private DomainsPart() {}

    /** Those beside the platform's own. */
    static List<Domain> hosted(SipSettings sip) {
        return sip.hosted().stream().map(DomainsPart::domain).toList();
    }

    private static Domain domain(HostedSettings hosted) {
        return new Domain(hosted.name(), algorithms(hosted.algorithms()), true);
    }

    /** What the store cannot change. */
    static PinnedDomains pinned(Settings settings, String own) {
        return new PinnedDomains(own, algorithms(settings.sip().algorithms()), hosted(settings.sip()));
    }

    /** Digest algorithms by their names. */
    static List<DigestAlgorithm> algorithms(List<String> names) {
        return names.stream()
                .map(name -> DigestAlgorithm.named(name).orElseThrow())
                .toList();
    }
}
