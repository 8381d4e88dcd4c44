package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.testkit.contract.Journal.bytes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.api.Table;
import org.sipring.overlay.table.Envelope.Remembered;
import org.sipring.testkit.contract.Journal;

/** The union of two sides is one whichever way, and in whichever order, the sides meet. The seed is the repetition. */
class UnionTest {
    private static final Table.Spec<String> SPEC = Journal.spec("journal");

    @RepeatedTest(200)
    void isCommutative(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Envelope one = envelope(random);
        Envelope other = envelope(random);
        assertSame(Union.of(SPEC, one, other), Union.of(SPEC, other, one));
    }

    @RepeatedTest(200)
    void isAssociative(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Envelope one = envelope(random);
        Envelope two = envelope(random);
        Envelope three = envelope(random);
        assertSame(Union.of(SPEC, Union.of(SPEC, one, two), three), Union.of(SPEC, one, Union.of(SPEC, two, three)));
    }

    @RepeatedTest(100)
    void isIdempotent(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Envelope one = envelope(random);
        Envelope union = Union.of(SPEC, one, envelope(random));
        assertSame(Union.of(SPEC, one, one), one);
        assertSame(Union.of(SPEC, union, one), union);
    }

    @Test
    void aSideThatOnlyRemembersRequestsTakesTheOthersValue() {
        Envelope value = new Envelope("journal", coded("a"), 9_000, stamp(1, "n1"), List.of(past("r1", 1)));
        Envelope requests = Envelope.empty("journal", stamp(2, "n2"), List.of(past("r2", 2)));
        Envelope union = Union.of(SPEC, value, requests);
        assertSame(
                union,
                new Envelope("journal", coded("a"), 9_000, stamp(2, "n2"), List.of(past("r2", 2), past("r1", 1))));
    }

    @Test
    void theLaterExpiryIsKept() {
        Envelope one = new Envelope("journal", coded("a"), 9_000, stamp(5, "n1"), List.of());
        Envelope other = new Envelope("journal", coded("b"), 8_000, stamp(6, "n1"), List.of());
        assertSame(Union.of(SPEC, one, other), new Envelope("journal", coded("a,b"), 9_000, stamp(6, "n1"), List.of()));
    }

    private static Envelope envelope(Random random) {
        Stamp stamp = stamp(random.nextInt(50), "n" + random.nextInt(3));
        return random.nextInt(4) == 0
                ? Envelope.empty("journal", stamp, remembered(random))
                : new Envelope(
                        "journal", coded("v" + random.nextInt(5)), random.nextInt(1000), stamp, remembered(random));
    }

    // Few ids and times, so that both sides often have the same, and sometimes more than fit.
    private static List<Remembered> remembered(Random random) {
        TreeMap<String, Remembered> byId = new TreeMap<>();
        int count = random.nextInt(2 * Envelope.MAX_REMEMBERED);
        for (int i = 0; i < count; i++) {
            String id = "r" + random.nextInt(60);
            byId.put(id, new Remembered(id, random.nextInt(40), bytes("a" + random.nextInt(3))));
        }
        List<Remembered> all = new ArrayList<>(byId.values());
        all.sort(Comparator.comparingLong(Remembered::time)
                .thenComparing(Remembered::requestId)
                .reversed());
        return all.subList(0, Math.min(all.size(), Envelope.MAX_REMEMBERED));
    }

    private static Stamp stamp(long time, String node) {
        return new Stamp(time, new NodeId(node));
    }

    private static Remembered past(String id, long time) {
        return new Remembered(id, time, bytes("answer"));
    }

    private static byte[] coded(String text) {
        return SPEC.codec().encode(text);
    }

    private static void assertSame(Envelope one, Envelope other) {
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }
}
