package org.sipring.proxy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Table;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;

/** The file is written as a whole and read as it was written, or not at all. */
final class SnapshotFileTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Head HEAD = new Head("7d1c9a0e5b2f4c68", NOW);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path dir = Path.of("");

    private Path path = Path.of("");
    private SnapshotFile file = new SnapshotFile(path);
    private final List<Map<String, Bindings>> parts = new ArrayList<>();

    private final Table.Held<Bindings> held = new Table.Held<>() {
        @Override
        public long mark() {
            return 0;
        }

        @Override
        public int parts() {
            return parts.size();
        }

        @Override
        public Map<String, Bindings> part(int number) {
            return parts.get(number);
        }
    };

    @BeforeEach
    void aTableOfTwoParts() {
        path = dir.resolve("bindings.snapshot");
        file = new SnapshotFile(path);
        parts.add(Map.of("alice@sipring.test", Samples.bound("alice", NOW, HOUR)));
        parts.add(Map.of("bob@sipring.test", Samples.removed("bob", NOW, HOUR)));
    }

    private Map<String, Bindings> read() throws IOException {
        Map<String, Bindings> all = new HashMap<>();
        try (SnapshotReader reader = file.open()) {
            assertThat(reader.head()).isEqualTo(HEAD);
            for (List<SnapshotReader.Remembered> some = reader.next(1); !some.isEmpty(); some = reader.next(1)) {
                assertThat(some).hasSize(1);
                all.put(
                        some.get(0).aor(),
                        BindingsTable.spec().codec().decode(some.get(0).bindings()));
            }
            assertThat(reader.next(1)).isEmpty();
        }
        return all;
    }

    private void refused(byte[] content, String what) throws IOException {
        Files.write(path, content);
        assertThatThrownBy(this::read).as(what).isInstanceOf(IOException.class);
    }

    @Test
    void whatWasHeldIsReadBackWithMemoriesOfWhatWasRemoved() throws Exception {
        assertThat(file.write(HEAD, held)).isEqualTo(1);
        assertThat(read())
                .isEqualTo(Map.of(
                        "alice@sipring.test", Samples.bound("alice", NOW, HOUR),
                        "bob@sipring.test", Samples.removed("bob", NOW, HOUR)));
    }

    @Test
    void whatHasExpiredIsNotWritten() throws Exception {
        parts.add(Map.of("carol@sipring.test", Samples.bound("carol", NOW.minus(HOUR), HOUR)));
        file.write(HEAD, held);
        assertThat(read()).hasSize(2);
    }

    @Test
    void anEmptyTableIsASnapshotToo() throws Exception {
        parts.clear();
        assertThat(file.write(HEAD, held)).isZero();
        assertThat(read()).isEmpty();
    }

    @Test
    void onlyTheNodesUserMayReadIt() throws Exception {
        file.write(HEAD, held);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(dir.toFile().list()).containsExactly("bindings.snapshot");
    }

    @Test
    void aBitOfDamageAnywhereIsRefused() throws Exception {
        file.write(HEAD, held);
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                refused(damaged, "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void anEndTooSoonAndAnyAfterTheEndAreRefused() throws Exception {
        file.write(HEAD, held);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length), "cut to " + length);
        }
        refused(Arrays.copyOf(whole, whole.length + 1), "a byte too much");
        refused(Arrays.copyOf(whole, whole.length + 4096), "a page of zeros too much");
    }

    @Test
    void anotherFormatIsNamed() throws Exception {
        file.write(HEAD, held);
        byte[] newer = Files.readAllBytes(path);
        newer[SnapshotFile.MAGIC.length] = 2;
        Files.write(path, newer);
        assertThatThrownBy(this::read).hasMessage("it is of format 2, and this release reads format 1 only");
    }

    @Test
    void whereTheTableCannotBeReadTheOldOneStays() throws Exception {
        file.write(HEAD, held);
        byte[] old = Files.readAllBytes(path);
        Table.Held<Bindings> broken = new Table.Held<>() {
            @Override
            public long mark() {
                return 1;
            }

            @Override
            public int parts() {
                return 2;
            }

            @Override
            public Map<String, Bindings> part(int number) {
                if (number == 1) {
                    throw new IllegalStateException("off the platform");
                }
                return Map.of();
            }
        };

        assertThatThrownBy(() -> file.write(HEAD, broken)).hasMessage("off the platform");
        assertThat(path).hasBinaryContent(old);
        assertThat(dir.toFile().list()).containsExactly("bindings.snapshot");
    }

    @Test
    void itIsAsLargeAsWhatItHolds() throws Exception {
        parts.clear();
        IntStream.range(0, 100)
                .mapToObj(part -> IntStream.range(0, 10)
                        .boxed()
                        .collect(Collectors.toMap(
                                user -> part + "-" + user + "@sipring.test",
                                user -> Samples.bound(part + "-" + user, NOW, HOUR))))
                .forEach(parts::add);
        assertThat(file.write(HEAD, held)).isEqualTo(1000);
        assertThat(Files.size(path)).isLessThan(1000 * 300);
    }
}
