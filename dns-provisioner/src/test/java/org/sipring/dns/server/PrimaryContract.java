package org.sipring.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.dns.wire.TsigKey;
import org.sipring.dns.zone.Canonical;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.testkit.SimChance;

/** What Sipring asks of every primary name server. */
abstract class PrimaryContract extends NameServerContract {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final RrKey FENCE = new RrKey("_sipring-epoch.sipring.test.", "TXT");

    PrimaryContract(Starter starter) {
        super(starter);
    }

    private Primary primary(TsigKey by, Duration fast) {
        return primary(by, LIMIT, room(fast));
    }

    private Primary primary() {
        return primary(key, Duration.ZERO);
    }

    static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private UpdateResult send(List<Update.Prerequisite> given, Update.Change... changes) {
        return now(primary().update(new Update(given, List.of(changes))));
    }

    private Map<RrKey, RrSet> read(RrKey... keys) {
        return now(primary().read(Set.of(keys)));
    }

    private static RrSet set(String label, String type, String... data) {
        return RrSet.of(label + "." + ZONE, type, 30, List.of(data));
    }

    private static RrSet fence(int seq) {
        return set("_sipring-epoch", "TXT", "\"v1 p1 1 " + seq + " n1 nonce" + seq + "\"");
    }

    private static final RrSet N1 = set("n1", "A", "127.0.0.11");

    @Test
    void anUpdateIsAppliedAndReadBackAsItWasSent() {
        assertThat(send(List.of(new Update.Absent(FENCE)), new Update.Replace(fence(1)), new Update.Replace(N1)))
                .isEqualTo(UpdateResult.APPLIED);
        assertThat(read(FENCE, N1.key())).containsOnly(Map.entry(FENCE, fence(1)), Map.entry(N1.key(), N1));
    }

    @Test
    void everyTypeThatWePlanIsReadBackInItsCanonicalForm() {
        List<RrSet> planned = List.of(
                set("N3", "A", "127.0.0.13", "127.0.0.14"),
                set("n3", "AAAA", "2001:DB8:0:0:0:0:0:13", "::1", "::ffff:192.0.2.1"),
                set("_sip._udp", "SRV", "10 100 5060 N1.sipring.test.", "10 100 5060 n2.SIPRING.test."),
                set("x", "NAPTR", "10 50 \"s\" \"SIP+D2U\" \"\" _Sip._udp.sipring.test.", "20 50 s SIP+D2T \"\" a.b."),
                set("t", "TXT", "\"say \\\"hi\\\" \\\\ ; end\"", "\"\"", "two \"words of text\"", "\"\\001\\255\""),
                set("p", "PTR", "Host.Example.Org."),
                set("u", "TYPE65280", "\\# 4 0A0B0C0D"));
        List<RrSet> canonical = planned.stream().map(Canonical::of).toList();
        Update.Change[] changes = planned.stream().map(Update.Add::new).toArray(Update.Change[]::new);
        assertThat(send(List.of(), changes)).isEqualTo(UpdateResult.APPLIED);
        RrKey[] keys = canonical.stream().map(RrSet::key).toArray(RrKey[]::new);
        assertThat(read(keys).values()).containsExactlyInAnyOrderElementsOf(canonical);
        Update.Prerequisite[] asRead =
                read(keys).values().stream().map(Update.Exactly::new).toArray(Update.Prerequisite[]::new);
        assertThat(send(List.of(asRead), new Update.Add(N1))).isEqualTo(UpdateResult.APPLIED);
    }

    @Test
    void whatDoesNotExistIsLeftOutOfWhatIsRead() {
        assertThat(read(new RrKey("nothing.sipring.test.", "A"), new RrKey(ZONE, "TXT")))
                .isEmpty();
        assertThat(read()).isEmpty();
    }

    @Test
    void manyRrSetsAreReadAtOnce() {
        List<Update.Change> changes = new ArrayList<>();
        Set<RrKey> keys = new HashSet<>();
        for (int at = 0; at < 200; at++) {
            RrSet node = set("n" + at, "A", "127.0.1." + at);
            changes.add(new Update.Add(node));
            keys.add(node.key());
        }
        assertThat(send(List.of(), changes.toArray(Update.Change[]::new))).isEqualTo(UpdateResult.APPLIED);
        assertThat(now(primary().read(keys)).keySet()).isEqualTo(keys);
    }

    @Test
    void anRrSetLargerThanADatagramIsReadWhole() {
        String[] targets = new String[500];
        for (int at = 0; at < targets.length; at++) {
            targets[at] = "10 100 5060 node-" + at + ".sipring.test.";
        }
        RrSet srv = set("_sip._tcp", "SRV", targets);
        assertThat(send(List.of(), new Update.Replace(srv))).isEqualTo(UpdateResult.APPLIED);
        assertThat(read(srv.key())).containsEntry(srv.key(), srv);
    }

    @Test
    void theFenceLetsAnUpdateInOnlyOnce() {
        Update first = new Update(
                List.of(new Update.Absent(FENCE)), List.of(new Update.Replace(fence(1)), new Update.Replace(N1)));
        Update second = new Update(
                List.of(new Update.Exactly(fence(1))),
                List.of(new Update.Replace(fence(2)), new Update.Delete(N1.key())));
        Primary primary = primary();
        assertThat(now(primary.update(first))).isEqualTo(UpdateResult.APPLIED);
        assertThat(now(primary.update(second))).isEqualTo(UpdateResult.APPLIED);
        assertThat(now(primary.update(first))).isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(now(primary.update(second))).isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(read(FENCE, N1.key())).containsOnly(Map.entry(FENCE, fence(2)));
    }

    @Test
    void aFailedPrerequisiteChangesNothing() {
        assertThat(send(
                        List.of(new Update.Absent(FENCE), new Update.Exists(new RrKey("n1." + ZONE, "A"))),
                        new Update.Add(N1)))
                .isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(read(N1.key())).isEmpty();
    }

    @Test
    void aForeignRrSetInOurPlaceIsSeenAndKept() {
        RrSet foreign = RrSet.of("n1." + ZONE, "A", 3600, List.of("192.0.2.1"));
        assertThat(send(List.of(), new Update.Add(foreign))).isEqualTo(UpdateResult.APPLIED);
        assertThat(send(List.of(new Update.Absent(N1.key())), new Update.Replace(N1)))
                .isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(read(N1.key())).containsOnly(Map.entry(N1.key(), foreign));
    }

    @Test
    void theWholeVocabularyOfRfc2136IsUnderstood() {
        RrSet two = set("n1", "A", "127.0.0.11", "127.0.0.12");
        RrSet text = set("n1", "TXT", "\"x\"");
        assertThat(send(List.of(new Update.NameFree(two.key().name())), new Update.Add(two), new Update.Add(text)))
                .isEqualTo(UpdateResult.APPLIED);
        assertThat(send(
                        List.of(new Update.NameInUse(two.key().name())),
                        new Update.Remove(set("n1", "A", "127.0.0.12"))))
                .isEqualTo(UpdateResult.APPLIED);
        assertThat(read(N1.key(), text.key())).containsOnly(Map.entry(N1.key(), N1), Map.entry(text.key(), text));
        assertThat(send(List.of(new Update.NameFree(two.key().name())), new Update.Delete(two.key())))
                .isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(send(List.of(), new Update.DeleteName(two.key().name()))).isEqualTo(UpdateResult.APPLIED);
        assertThat(send(List.of(new Update.NameInUse(two.key().name())), new Update.Delete(two.key())))
                .isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        assertThat(read(N1.key(), text.key())).isEmpty();
    }

    @Test
    void aChangeRaisesTheSerial() {
        long before = serial();
        assertThat(send(List.of(), new Update.Add(N1))).isEqualTo(UpdateResult.APPLIED);
        assertThat(serial()).isGreaterThan(before);
    }

    private long serial() {
        RrSet soa = read(new RrKey(ZONE, "SOA")).values().iterator().next();
        return Long.parseLong(List.of(soa.data().first().split(" ", -1)).get(2));
    }

    @Test
    void aNameOutsideTheZoneIsRefused() {
        RrSet outside = RrSet.of("n1.example.org.", "A", 30, List.of("127.0.0.1"));
        assertThat(send(List.of(), new Update.Add(outside))).isEqualTo(UpdateResult.REFUSED);
    }

    @Test
    void anotherSecretIsNotAuthentic() {
        TsigKey other = TsigKey.generate(key.name(), new SimChance(99));
        assertNotAuthentic(primary(other, Duration.ZERO), "BADSIG");
    }

    @Test
    void anotherKeyNameIsNotAuthentic() {
        TsigKey other = TsigKey.generate("stranger", new SimChance(99));
        assertNotAuthentic(primary(other, Duration.ZERO), "BADKEY");
    }

    @Test
    void aClockThatIsAnHourWrongIsNotAuthentic() {
        assertNotAuthentic(primary(key, Duration.ofHours(1)), "BADTIME");
        assertNotAuthentic(primary(key, Duration.ofHours(-1)), "BADTIME");
    }

    private void assertNotAuthentic(Primary primary, String error) {
        assertThat(now(primary.update(new Update(List.of(), List.of(new Update.Add(N1))))))
                .isEqualTo(UpdateResult.NOT_AUTHENTIC);
        assertThatThrownBy(() -> now(primary.read(Set.of(N1.key()))))
                .hasMessageContaining("TSIG")
                .hasMessageContaining(error);
        assertThat(read(N1.key())).isEmpty();
    }

    @Test
    void aZoneThatIsNotTheServersCannotBeRead() {
        assertThatThrownBy(() -> read(new RrKey("example.org.", "A"))).hasMessageContaining("REFUSED");
    }

    @Test
    void dataThatIsNotOfItsTypeFailsWithoutBeingSent() {
        assertThatThrownBy(() -> send(List.of(), new Update.Add(set("n1", "A", "nonsense"))))
                .hasMessageContaining("nonsense");
    }
}
