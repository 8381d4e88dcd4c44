package org.sipring.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.POLICY;
import static org.sipring.dns.plan.Views.id;
import static org.sipring.dns.plan.Views.node;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/** Only what changed, and ownership per RRset. */
class ZoneDiffTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");

    @Test
    void anEmptyZoneGetsEverythingAndNothingIsLeftToDo() {
        Zone zone = settled(Zone.UNREAD, Views.ready(1, 2, 3));
        assertThat(zone.sets())
                .containsAllEntriesOf(
                        ZonePlanner.plan(Views.ready(1, 2, 3), POLICY).sets());
        assertThat(Registry.of(zone, POLICY).owned())
                .isEqualTo(ZonePlanner.plan(Views.ready(1, 2, 3), POLICY).sets().keySet());
    }

    @Test
    void whatSipringCreatesMustNotExistYet() {
        ZoneDiff diff = diff(Views.ready(1), read(Zone.UNREAD, Views.ready(1)));
        assertThat(diff.prerequisites()).contains(new Update.Absent(PROXY));
    }

    @Test
    void onlyWhatChangedIsSent() {
        Zone zone = settled(Zone.UNREAD, Views.ready(1, 2));
        ZoneDiff diff = diff(Views.of(node(1), node(2, "127.0.0.22", RoleName.PROXY, RoleName.MANAGER)), zone);
        assertThat(diff.changes())
                .extracting(ZoneDiffTest::key)
                .containsExactlyInAnyOrder(
                        new RrKey("n2.sipring.test.", "A"), new RrKey("n2.edge.sipring.test.", "A"), PROXY);
        assertThat(diff.prerequisites()).isEmpty();
    }

    @Test
    void aForeignRrSetInOurPlaceIsNeverTouchedEvenWhenItIsEqual() {
        RrSet equal = ZonePlanner.plan(Views.ready(1), POLICY).at(PROXY).orElseThrow();
        for (RrSet stranger : List.of(equal, RrSet.of(PROXY.name(), "A", 300, List.of("192.0.2.1")))) {
            Zone before = Zone.UNREAD.with(Set.of(PROXY), Map.of(PROXY, stranger));
            Zone zone = settled(before, Views.ready(1));
            assertThat(zone.at(PROXY)).contains(stranger);
            assertThat(diff(Views.ready(1), zone).foreign()).containsExactly(PROXY);
            assertThat(Registry.of(zone, POLICY).owned()).doesNotContain(PROXY);
        }
    }

    @Test
    void whatAStrangerChangedInAnRrSetOfOursIsPutRight() {
        Zone zone = settled(Zone.UNREAD, Views.ready(1))
                .with(Set.of(PROXY), Map.of(PROXY, RrSet.of(PROXY.name(), "A", 300, List.of("192.0.2.1"))));
        assertThat(diff(Views.ready(1), zone).changes())
                .containsExactly(new Update.Replace(
                        ZonePlanner.plan(Views.ready(1), POLICY).at(PROXY).orElseThrow()));
    }

    @Test
    void unknownWordsInTheRegistryStopEverything() {
        RrKey registry = POLICY.registry();
        Zone zone = Zone.UNREAD.with(
                Set.of(registry), Map.of(registry, RrSet.of(registry.name(), "TXT", 30, List.of("\"hello\""))));
        ZoneDiff diff = diff(Views.ready(1), read(zone, Views.ready(1)));
        assertThat(diff.changes()).isEmpty();
        assertThat(diff.foreign()).containsExactly(registry);
    }

    @Test
    void aStrangersTextAtOneEdgeNameStopsOnlyThatEdgeName() {
        RrKey registry = POLICY.registry(id(1));
        RrSet stranger = RrSet.of(registry.name(), "TXT", 30, List.of("\"hello\""));
        Zone zone = settled(Zone.UNREAD.with(Set.of(registry), Map.of(registry, stranger)), Views.ready(1, 2));
        assertThat(zone.at(registry)).contains(stranger);
        assertThat(zone.sets().keySet())
                .contains(new RrKey("n2.edge.sipring.test.", "A"))
                .doesNotContain(new RrKey("n1.edge.sipring.test.", "A"));
    }

    @Test
    void theDepartureOfANodeIsWrittenDownAndForgottenAfterADay() {
        Zone zone = settled(Zone.UNREAD, Views.ready(1, 2));
        Zone left = settled(zone, Views.ready(1), NOON);
        assertThat(Registry.of(left, POLICY).departed()).containsExactly(Map.entry(id(2), NOON));
        Zone later = settled(left, Views.ready(1), NOON.plusSeconds(86_399));
        assertThat(later).isEqualTo(left);
        Zone forgotten = settled(left, Views.ready(1), NOON.plusSeconds(86_400));
        assertThat(forgotten.sets())
                .isEqualTo(settled(Zone.UNREAD, Views.ready(1)).sets());
    }

    @Test
    void aNodeThatComesBackIsNoLongerDeparted() {
        Zone left = settled(settled(Zone.UNREAD, Views.ready(1, 2)), Views.ready(1), NOON);
        assertThat(settled(left, Views.ready(1, 2), NOON).sets())
                .isEqualTo(settled(Zone.UNREAD, Views.ready(1, 2)).sets());
    }

    @Test
    void aLargePlatformIsWrittenInMessagesOfBoundedSize() {
        View view = new View(
                1,
                Views.PLATFORM,
                IntStream.range(0, 250)
                        .mapToObj(i -> node(i, "10.0." + i / 250 + "." + i % 250, RoleName.PROXY))
                        .toList());
        Zone zone = settled(Zone.UNREAD, view);
        assertThat(zone.sets())
                .containsAllEntriesOf(ZonePlanner.plan(view, POLICY).sets());
    }

    static Zone settled(Zone zone, View view) {
        return settled(zone, view, NOON);
    }

    static Zone settled(Zone zone, View view, Instant now) {
        Zone next = read(zone, view);
        ZonePlan plan = plan(next, view, now);
        for (int round = 0; round < 1000; round++) {
            ZoneDiff diff = ZoneDiff.of(plan, next, Registry.of(next, POLICY), POLICY);
            if (diff.changes().isEmpty()) {
                return next;
            }
            assertThat(diff.changes().stream().mapToInt(ZoneDiffTest::size).sum())
                    .isLessThan(60_000);
            next = next.with(diff.changes());
        }
        throw new AssertionError("the diff never becomes empty");
    }

    private static ZonePlan plan(Zone zone, View view, Instant now) {
        return ZonePlanner.plan(view, POLICY, Departures.of(Registry.of(zone, POLICY), view, POLICY, now));
    }

    private static ZoneDiff diff(View view, Zone zone) {
        return ZoneDiff.of(plan(zone, view, NOON), zone, Registry.of(zone, POLICY), POLICY);
    }

    /** As if every needed key had been asked for, and nothing more been found. */
    private static Zone read(Zone zone, View view) {
        Set<RrKey> unknown = new HashSet<>(ZoneDiff.needs(plan(zone, view, NOON), Registry.of(zone, POLICY), POLICY));
        unknown.removeAll(zone.asked());
        return zone.with(unknown, Map.of());
    }

    private static RrKey key(Update.Change change) {
        return change instanceof Update.Replace replace ? replace.rrSet().key() : ((Update.Delete) change).key();
    }

    private static int size(Update.Change change) {
        return change instanceof Update.Replace replace
                ? replace.rrSet().data().stream()
                        .mapToInt(data -> data.length() + 13)
                        .sum()
                : 40;
    }
}
