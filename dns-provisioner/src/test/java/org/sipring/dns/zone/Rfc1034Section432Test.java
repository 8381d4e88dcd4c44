package org.sipring.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.dns.zone.ZoneData.Answer;

/** RFC 1034 section 4.3.2: how a name server answers. */
class Rfc1034Section432Test {
    private final ZoneData zone = Zones.small();

    @Test
    void anExistingRrSetIsTheAnswer() {
        Answer answer = zone.query("n1.sipring.test.", "A");
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answer()).containsExactly(Zones.N1);
        assertThat(answer.authority()).isEmpty();
    }

    @Test
    void namesAreComparedWithoutRegardToCase() {
        assertThat(zone.query("N1.SipRing.Test.", "a").answer()).containsExactly(Zones.N1);
    }

    /** RFC 2308 section 2.2. */
    @Test
    void aNameWithoutTheTypeIsAnsweredWithNoDataAndTheSoa() {
        Answer answer = zone.query("n1.sipring.test.", "AAAA");
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answer()).isEmpty();
        assertThat(answer.authority())
                .singleElement()
                .satisfies(soa -> assertThat(soa.key().type()).isEqualTo("SOA"));
    }

    /** RFC 2308 section 2.1. */
    @Test
    void aMissingNameIsNxdomainWithTheSoa() {
        Answer answer = zone.query("n9.sipring.test.", "A");
        assertThat(answer.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.authority()).hasSize(1);
    }

    /** RFC 2308 section 3. */
    @Test
    void theSoaOfANegativeAnswerHasTheLesserOfTtlAndMinimum() {
        assertThat(zone.query("n9.sipring.test.", "A").authority().get(0).ttl()).isEqualTo(5);
        assertThat(zone.query("sipring.test.", "SOA").answer().get(0).ttl()).isEqualTo(30);
    }

    @Test
    void anEmptyNonTerminalExists() {
        assertThat(zone.query("_tcp.sipring.test.", "A").rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(zone.query("_tcp.sipring.test.", "ANY").answer()).isEmpty();
    }

    @Test
    void anEmptyNonTerminalVanishesWithTheLastNameBelowIt() {
        ZoneData without =
                zone.apply(Zones.change(new Update.Delete(Zones.SRV.key()))).zone();
        assertThat(without.query("_tcp.sipring.test.", "A").rcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aNameOutsideTheZoneIsRefused() {
        assertThat(zone.query("example.org.", "A").rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(zone.query("notsipring.test.", "A").rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(zone.query("test.", "A").rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(zone.query(".", "NS").rcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aDotInsideALabelIsNoLabelBoundary() {
        assertThat(zone.query("a\\.sipring.test.", "A").rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(zone.query("a\\.b.sipring.test.", "A").rcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    /** RFC 8482 section 4.1. */
    @Test
    void anyGetsOneRrSet() {
        assertThat(zone.query("n2.sipring.test.", "ANY").answer()).containsExactly(Zones.N2);
        assertThat(zone.query("n9.sipring.test.", "ANY").rcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    /** RFC 2782. */
    @Test
    void srvAnswersCarryTheAddressesOfTheirTargets() {
        assertThat(zone.query("_sip._tcp.sipring.test.", "SRV").additional())
                .containsExactly(Zones.N1, Zones.N2, Zones.N2_SIX);
    }

    @Test
    void aTargetOutsideTheZoneOrUnknownAddsNothing() {
        RrSet srv = Zones.set("_x._tcp.sipring.test.", "SRV", "1 1 1 host.example.org.", "1 1 1 .");
        ZoneData with = zone.apply(Zones.change(new Update.Add(srv))).zone();
        assertThat(with.query("_x._tcp.sipring.test.", "SRV").additional()).isEqualTo(List.of());
    }
}
