package org.sipring.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RingBufferTest {
    private static final int HEAD = 14;

    private static void add(RingBuffer ring, int key, long time, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        ring.add(key, time, bytes, bytes.length);
    }

    private static List<String> of(RingBuffer ring, int key) {
        List<String> found = new ArrayList<>();
        ring.each(key, bytes -> found.add(new String(bytes, StandardCharsets.US_ASCII)));
        return found;
    }

    @Test
    void theOldestMakesRoomForTheNewestHoweverTheyLieInTheArray() {
        RingBuffer ring = new RingBuffer(4 * (HEAD + 3) + 5, Long.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            add(ring, 1, i, "%03d".formatted(i));
            List<String> kept = of(ring, 1);
            assertThat(kept).hasSize(Math.min(i + 1, 4));
            assertThat(kept.get(kept.size() - 1)).isEqualTo("%03d".formatted(i));
            assertThat(kept).isSorted();
        }
    }

    @Test
    void entriesOfManyLengthsComeOutAsTheyWentIn() {
        RingBuffer ring = new RingBuffer(500, Long.MAX_VALUE);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String content = "x".repeat(i * 37 % 101) + i;
            all.add(content);
            add(ring, 1, i, content);
            List<String> kept = of(ring, 1);
            assertThat(kept).isNotEmpty().isEqualTo(all.subList(all.size() - kept.size(), all.size()));
        }
    }

    @Test
    void whatIsTooOldIsForgottenWhenSomethingComesAndWhenSomebodyAsks() {
        RingBuffer ring = new RingBuffer(500, 10);
        add(ring, 1, 100, "old");
        add(ring, 1, 111, "new");
        assertThat(of(ring, 1)).containsExactly("new");
        ring.forget(122);
        assertThat(of(ring, 1)).isEmpty();
    }

    @Test
    void onlyTheKeysOwnAreShown() {
        RingBuffer ring = new RingBuffer(500, 10);
        add(ring, 1, 0, "one");
        add(ring, -2, 0, "two");
        assertThat(of(ring, -2)).containsExactly("two");
    }

    @Test
    void whatIsLargerThanAllIsNotKeptAndLeavesTheRest() {
        RingBuffer ring = new RingBuffer(40, 10);
        add(ring, 1, 0, "one");
        add(ring, 1, 0, "x".repeat(41));
        assertThat(of(ring, 1)).containsExactly("one");
    }
}
