package org.sipring.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2136 section 3.2: the prerequisites of an update. */
class Rfc2136Section32Test {
    private final ZoneData zone = Zones.small();

    private Rcode answer(Update.Prerequisite... prerequisites) {
        return zone.apply(Zones.given(prerequisites)).rcode();
    }

    @Test
    void exactlyTheRrSetIsSatisfiedWhateverTheTtl() {
        assertThat(answer(new Update.Exactly(Zones.SRV))).isEqualTo(Rcode.NOERROR);
        RrSet otherTtl = new RrSet(Zones.SRV.key(), 9999, Zones.SRV.data());
        assertThat(answer(new Update.Exactly(otherTtl))).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aPartOfTheRrSetIsNotTheRrSet() {
        RrSet part = Zones.set("_sip._tcp.sipring.test.", "SRV", "10 100 5060 n1.sipring.test.");
        assertThat(answer(new Update.Exactly(part))).isEqualTo(Rcode.NXRRSET);
    }

    @Test
    void aMissingRrSetIsNotExactlyAnything() {
        assertThat(answer(new Update.Exactly(Zones.set("n9.sipring.test.", "A", "127.0.0.9"))))
                .isEqualTo(Rcode.NXRRSET);
    }

    @Test
    void anRrSetThatShouldBeAbsentFailsWithYxrrset() {
        assertThat(answer(new Update.Absent(Zones.N1.key()))).isEqualTo(Rcode.YXRRSET);
        assertThat(answer(new Update.Absent(new RrKey("n1.sipring.test.", "TXT"))))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void anRrSetThatShouldExistFailsWithNxrrset() {
        assertThat(answer(new Update.Exists(Zones.N1.key()))).isEqualTo(Rcode.NOERROR);
        assertThat(answer(new Update.Exists(new RrKey("n1.sipring.test.", "TXT"))))
                .isEqualTo(Rcode.NXRRSET);
    }

    @Test
    void aNameIsInUseWhenItOwnsARecord() {
        assertThat(answer(new Update.NameInUse("n1.sipring.test."))).isEqualTo(Rcode.NOERROR);
        assertThat(answer(new Update.NameInUse("n9.sipring.test."))).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer(new Update.NameFree("n9.sipring.test."))).isEqualTo(Rcode.NOERROR);
        assertThat(answer(new Update.NameFree("n1.sipring.test."))).isEqualTo(Rcode.YXDOMAIN);
    }

    @Test
    void anEmptyNonTerminalIsNotInUse() {
        assertThat(answer(new Update.NameInUse("_tcp.sipring.test."))).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer(new Update.NameFree("_tcp.sipring.test."))).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aNameOutsideTheZoneIsNotzone() {
        assertThat(answer(new Update.Absent(new RrKey("example.org.", "A")))).isEqualTo(Rcode.NOTZONE);
    }

    @Test
    void theFirstFailureIsTheAnswerAndNothingIsChanged() {
        ZoneData.Verdict verdict = zone.apply(new Update(
                List.of(
                        new Update.Exactly(Zones.N1),
                        new Update.Absent(Zones.N2.key()),
                        new Update.Exists(new RrKey("n9.sipring.test.", "A"))),
                List.of(new Update.Delete(Zones.N1.key()))));
        assertThat(verdict.rcode()).isEqualTo(Rcode.YXRRSET);
        assertThat(verdict.rcode().result()).isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(verdict.zone()).isSameAs(zone);
    }
}
