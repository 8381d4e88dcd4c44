package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.Phone;

/** A cut goes through the platform: both sides serve phones, one side writes the zone, and both become one again. */
@Tag("acceptance")
@Timeout(300)
final class PartitionTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final int EACH = 10;
    // Registered before the cut, at the lonely node during it, and at the majority during it.
    private static final int ONCE = 3 * EACH;
    // The last user registers one phone at each side.
    private static final int TWICE = ONCE;
    // Four updates are 40 s: longer than the silence after which a lonely node may write.
    private static final int UPDATES = 4;

    @TempDir
    private Path dir = Path.of("");

    private final List<Phone> phones = new ArrayList<>();

    @AfterEach
    void hangUp() {
        phones.forEach(Phone::close);
    }

    /** The two sides of a cut; the holder of the zone must come to be in the majority. */
    private record Sides(String lonely, Set<String> majority) {
        static Sides of(String lonely) {
            return new Sides(
                    lonely, NODES.stream().filter(node -> !node.equals(lonely)).collect(Collectors.toSet()));
        }

        String other() {
            return new TreeSet<>(majority).first();
        }
    }

    @Test
    void aHolderCutOffFromTheOthersLosesTheZoneToThem() {
        Sides sides = partition(
                "holder | others",
                demo -> Cut.between(List.of(demo.address("n1")), List.of(demo.address("n2"), demo.address("n3"))));
        assertThat(sides).isEqualTo(Sides.of("n1"));
    }

    @Test
    void aHolderWithAnotherKeepsTheZoneFromTheThird() {
        Sides sides = partition(
                "third | holder and other",
                demo -> Cut.between(List.of(demo.address("n3")), List.of(demo.address("n1"), demo.address("n2"))));
        assertThat(sides).isEqualTo(Sides.of("n3"));
    }

    @Test
    void aCutInOneDirectionHasTwoSidesAsWell() {
        Users.write(dir, ONCE + 1);
        try (DemoRun demo = DemoRun.start(dir)) {
            Sides sides = partition("n1 -> n2", demo, () -> Cut.oneWay(demo.address("n1"), demo.address("n2")));
            assertThat(sides.majority())
                    .as("the side of the one that reaches all")
                    .contains("n3");
            theOtherWay(demo);
        }
    }

    private static void theOtherWay(DemoRun demo) {
        String platform = demo.status("n1").path("platform").asText();
        Cut cut = Cut.oneWay(demo.address("n2"), demo.address("n1"));
        try (ZoneWatch watch = new ZoneWatch()) {
            Sides sides = settled("n2 -> n1", demo);
            assertThat(sides.majority())
                    .as("the side of the one that reaches all")
                    .contains("n3");
            long settledSeq = ZoneWatch.now().seq();
            awaitUpdates(1);
            onlyTheMajorityWrites(watch.seenUntilNow(), settledSeq, sides.majority());
        } finally {
            cut.close();
        }
        awaitOnePlatform("n2 -> n1", demo, platform);
    }

    private Sides partition(String what, Function<DemoRun, Cut> cutting) {
        Users.write(dir, ONCE + 1);
        try (DemoRun demo = DemoRun.start(dir)) {
            return partition(what, demo, () -> cutting.apply(demo));
        }
    }

    private Sides partition(String what, DemoRun demo, Supplier<Cut> cutting) {
        Handsets handsets = new Handsets(demo);
        String platform = demo.status("n1").path("platform").asText();
        register(handsets, 0, NODES);
        Sides sides = duringTheCut(what, demo, handsets, cutting);
        awaitOnePlatform(what, demo, platform);
        everybodyIsReached(handsets, sides);
        return sides;
    }

    private static void awaitOnePlatform(String what, DemoRun demo, String platform) {
        Duration healed = Stopwatch.until("one platform", Duration.ofSeconds(60), () -> whole(demo, platform));
        print(what + ": end of the cut until one view and a right zone", healed);
    }

    /** Waits until both sides know of each other's absence and the zone follows. */
    private static Sides settled(String what, DemoRun demo) {
        Duration noticed = Stopwatch.until(
                "a zone of two nodes", Duration.ofSeconds(45), () -> published().size() == 2);
        Duration settled = Stopwatch.until(
                        "two sides", Duration.ofSeconds(45), () -> sides(demo).isPresent())
                .plus(noticed);
        print(what + ": cut until the zone names two nodes", noticed);
        print(what + ": cut until both sides agree and the zone names the majority", settled);
        return sides(demo).orElseThrow();
    }

    private Sides duringTheCut(String what, DemoRun demo, Handsets handsets, Supplier<Cut> cutting) {
        Cut cut = cutting.get();
        try (ZoneWatch watch = new ZoneWatch()) {
            Sides sides = settled(what, demo);
            long settledSeq = ZoneWatch.now().seq();
            register(handsets, EACH, List.of(sides.lonely()));
            register(handsets, 2 * EACH, List.copyOf(sides.majority()));
            phones.add(handsets.registered(Users.account(TWICE), sides.lonely()));
            phones.add(handsets.registered(Users.account(TWICE), sides.other()));
            awaitUpdates(UPDATES);
            assertThat(published()).isEqualTo(sides.majority());
            onlyTheMajorityWrites(watch.seenUntilNow(), settledSeq, sides.majority());
            return sides;
        } finally {
            cut.close();
        }
    }

    /** Nobody else took the zone over since the cut, and nobody else wrote at all once there were two sides. */
    private static void onlyTheMajorityWrites(List<ZoneWatch.Written> texts, long settledSeq, Set<String> majority) {
        assertThat(ZoneWatch.reigns(texts))
                .as("holders that took over, of %s", texts)
                .allMatch(majority::contains);
        assertThat(texts)
                .filteredOn(text -> text.seq() >= settledSeq)
                .hasSizeGreaterThan(1)
                .allMatch(text -> majority.contains(text.holder()));
    }

    private void register(Handsets handsets, int first, List<String> nodes) {
        for (int n = first; n < first + EACH; n++) {
            phones.add(handsets.registered(Users.account(n), nodes.get(n % nodes.size())));
        }
    }

    /** Who is on which side, once everybody agrees and the zone follows the majority. */
    private static Optional<Sides> sides(DemoRun demo) {
        Set<String> named = published();
        return NODES.stream()
                .map(Sides::of)
                .filter(sides -> sides.majority().equals(named)
                        && sides.majority().contains(ZoneWatch.now().holder()))
                .filter(sides -> members(demo.status(sides.lonely())).equals(Set.of(sides.lonely()))
                        && sides.majority().stream()
                                .allMatch(node -> members(demo.status(node)).equals(sides.majority())))
                .findFirst();
    }

    /** The nodes that phones are led to. */
    private static Set<String> published() {
        return Dns.targets("_sip._udp." + Users.DOMAIN).stream()
                .map(target -> target.substring(0, target.indexOf('.')))
                .collect(Collectors.toSet());
    }

    private static Set<String> members(JsonNode status) {
        return StreamSupport.stream(status.path("members").spliterator(), false)
                .map(member -> member.path("id").asText())
                .collect(Collectors.toSet());
    }

    private static void awaitUpdates(int updates) {
        long seq = ZoneWatch.now().seq();
        Stopwatch.until(
                updates + " updates",
                Duration.ofSeconds(90),
                () -> ZoneWatch.now().seq() >= seq + updates);
    }

    private static boolean whole(DemoRun demo, String platform) {
        List<JsonNode> all = NODES.stream().map(demo::status).toList();
        return all.stream()
                        .allMatch(status -> members(status).equals(Set.copyOf(NODES))
                                && status.path("platform").asText().equals(platform)
                                && status.path("tableSafe").asBoolean())
                && all.stream()
                                .map(status -> status.path("view").path("id"))
                                .distinct()
                                .count()
                        == 1
                && published().equals(Set.copyOf(NODES));
    }

    private void everybodyIsReached(Handsets handsets, Sides sides) {
        try (Phone alice = handsets.phone("alice");
                Phone third = handsets.phone(Users.account(TWICE))) {
            for (int n = 0; n < ONCE; n++) {
                for (String node : List.of(sides.lonely(), sides.other())) {
                    handsets.end(handsets.call(alice, Users.name(n), phones.get(n), node));
                }
            }
            String bindings =
                    handsets.register(third, sides.other()).headers("Contact").toString();
            assertThat(bindings.split("<sip:", -1)).as(bindings).hasSize(1 + 3);
        }
    }

    private static void print(String what, Duration time) {
        System.out.printf("MEASURED %s: %d ms%n", what, time.toMillis());
    }
}
