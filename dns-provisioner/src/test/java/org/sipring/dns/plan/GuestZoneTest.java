package org.sipring.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sipring.api.View;
import org.sipring.dns.zone.RrKey;

/** RFC 3263 section 4.1: a domain's records may lead to services of another. */
final class GuestZoneTest {
    private static final ZonePolicy POLICY = ZonePolicy.ordinary("sipring.test");
    private static final GuestZone ZONE = new GuestZone(POLICY, "example.com");

    @Test
    void theRecordsAreThoseOfAZoneFile() {
        assertThat(ZONE.records())
                .containsExactly(
                        "example.com. IN NAPTR 90 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp.sipring.test.",
                        "example.com. IN NAPTR 100 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.sipring.test.",
                        "_sip._tcp.example.com. IN SRV 10 100 5060 proxy.sipring.test.",
                        "_sip._udp.example.com. IN SRV 10 100 5060 proxy.sipring.test.");
        assertThat(ZONE.secureRecords())
                .containsExactly(
                        "example.com. IN NAPTR 50 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.sipring.test.",
                        "_sips._tcp.example.com. IN SRV 10 100 5061 proxy.sipring.test.");
    }

    @Test
    void theyLeadToNamesThatThePlatformHas() {
        View view = Views.ready(1);
        Set<String> published = ZonePlanner.plan(view, POLICY).sets().keySet().stream()
                .map(RrKey::name)
                .collect(Collectors.toSet());
        assertThat(Stream.concat(ZONE.records().stream(), ZONE.secureRecords().stream())
                        .map(record -> record.substring(record.lastIndexOf(' ') + 1)))
                .isSubsetOf(published);
    }
}
