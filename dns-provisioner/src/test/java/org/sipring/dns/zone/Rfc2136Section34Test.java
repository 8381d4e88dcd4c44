package org.sipring.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.dns.zone.ZoneData.Verdict;

/** RFC 2136 section 3.4: the changes of an update. */
class Rfc2136Section34Test {
    private static final RrKey NS = new RrKey(Zones.ORIGIN, "NS");
    private static final RrKey SOA = new RrKey(Zones.ORIGIN, "SOA");

    private final ZoneData zone = Zones.small();

    private ZoneData after(Update.Change... changes) {
        Verdict verdict = zone.apply(Zones.change(changes));
        assertThat(verdict.rcode()).isEqualTo(Rcode.NOERROR);
        return verdict.zone();
    }

    private Rcode refusal(Update.Change... changes) {
        Verdict verdict = zone.apply(Zones.change(changes));
        assertThat(verdict.zone()).isSameAs(zone);
        return verdict.rcode();
    }

    @Test
    void addJoinsWhatIsThereAndSetsTheTtlOfAll() {
        RrSet more = RrSet.of("n1.sipring.test.", "A", 60, List.of("127.0.0.99"));
        assertThat(after(new Update.Add(more)).get(Zones.N1.key()))
                .contains(RrSet.of("n1.sipring.test.", "A", 60, List.of("127.0.0.11", "127.0.0.99")));
    }

    @Test
    void replaceLeavesNothingOfTheOldRrSet() {
        RrSet other = Zones.set("n1.sipring.test.", "A", "127.0.0.99");
        assertThat(after(new Update.Replace(other)).get(Zones.N1.key())).contains(other);
    }

    @Test
    void deleteOfWhatIsNotThereIsNoError() {
        assertThat(after(new Update.Delete(new RrKey("n9.sipring.test.", "A")))).isSameAs(zone);
    }

    @Test
    void deleteTakesOneTypeAndDeleteNameAll() {
        assertThat(after(new Update.Delete(Zones.N2.key())).at("n2.sipring.test."))
                .containsExactly(Zones.N2_SIX);
        assertThat(after(new Update.DeleteName("n2.sipring.test.")).at("n2.sipring.test."))
                .isEmpty();
    }

    @Test
    void deleteNameTakesWhatTheSameUpdateAdded() {
        RrSet text = Zones.set("n2.sipring.test.", "TXT", "\"x\"");
        assertThat(after(new Update.Add(text), new Update.DeleteName("n2.sipring.test."))
                        .at("n2.sipring.test."))
                .isEmpty();
    }

    @Test
    void removeTakesSingleRecordsAndWithTheLastTheRrSet() {
        RrSet one = RrSet.of("_sip._tcp.sipring.test.", "SRV", 0, List.of("10 100 5060 n1.sipring.test."));
        assertThat(after(new Update.Remove(one)).get(Zones.SRV.key()))
                .contains(Zones.set("_sip._tcp.sipring.test.", "SRV", "10 100 5060 n2.sipring.test."));
        assertThat(after(new Update.Remove(Zones.SRV)).get(Zones.SRV.key())).isEmpty();
    }

    @Test
    void theApexKeepsItsSoaAndNs() {
        RrSet lastNs = zone.get(NS).orElseThrow();
        assertThat(after(
                        new Update.Delete(SOA),
                        new Update.Delete(NS),
                        new Update.DeleteName(Zones.ORIGIN),
                        new Update.Remove(zone.soa()),
                        new Update.Remove(lastNs)))
                .isSameAs(zone);
    }

    @Test
    void anApexNsMayGoWhileAnotherStays() {
        RrSet second = Zones.set(Zones.ORIGIN, "NS", "ns2.example.org.");
        RrSet first = zone.get(NS).orElseThrow();
        ZoneData next = after(new Update.Add(second), new Update.Remove(first));
        assertThat(next.get(NS).orElseThrow().data()).containsExactly("ns2.example.org.");
    }

    @Test
    void aRealChangeRaisesTheSerialByOneAnUpdate() {
        ZoneData next = after(new Update.Delete(Zones.N1.key()), new Update.Delete(Zones.N2.key()));
        assertThat(Zones.serial(next)).isEqualTo(8);
    }

    @Test
    void aChangeToTheSameDataIsNoChange() {
        assertThat(after(new Update.Replace(Zones.SRV))).isSameAs(zone);
        assertThat(after(new Update.Delete(Zones.N1.key()), new Update.Add(Zones.N1)))
                .isSameAs(zone);
    }

    @Test
    void theSerialWrapsAndLeavesOutZero() {
        ZoneData last = ZoneData.fresh(Zones.ORIGIN, -1);
        ZoneData next = last.apply(Zones.change(new Update.Add(Zones.N1))).zone();
        assertThat(Zones.serial(next)).isEqualTo(1);
        assertThat(Soa.of(next.soa()).isNewerThan(Soa.of(last.soa()))).isTrue();
    }

    @Test
    void aNewerSoaIsTakenWithItsSerialAndAnOlderIgnored() {
        RrSet newer = Zones.set(Zones.ORIGIN, "SOA", "ns.sipring.test. root.sipring.test. 99 1 1 1 1");
        RrSet older = Zones.set(Zones.ORIGIN, "SOA", "ns.sipring.test. root.sipring.test. 6 1 1 1 1");
        assertThat(after(new Update.Add(newer)).soa()).isEqualTo(newer);
        assertThat(after(new Update.Replace(older))).isSameAs(zone);
    }

    @Test
    void aNameOutsideTheZoneIsNotzoneAndNothingIsChanged() {
        assertThat(refusal(
                        new Update.Delete(Zones.N1.key()), new Update.Add(Zones.set("example.org.", "A", "127.0.0.1"))))
                .isEqualTo(Rcode.NOTZONE);
    }

    @Test
    void aQuestionTypeCannotBeAdded() {
        assertThat(refusal(new Update.Add(Zones.set("n1.sipring.test.", "ANY", "x"))))
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aliasesDelegationsAndWildcardsAreRefused() {
        assertThat(refusal(new Update.Add(Zones.set("w.sipring.test.", "CNAME", "n1.sipring.test."))))
                .isEqualTo(Rcode.REFUSED);
        assertThat(refusal(new Update.Replace(Zones.set("w.sipring.test.", "NS", "n1.sipring.test."))))
                .isEqualTo(Rcode.REFUSED);
        assertThat(refusal(new Update.Add(Zones.set("*.sipring.test.", "A", "127.0.0.1"))))
                .isEqualTo(Rcode.REFUSED);
    }
}
