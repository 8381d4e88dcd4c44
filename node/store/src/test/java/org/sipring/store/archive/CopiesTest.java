package org.sipring.store.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Envelopes;
import org.sipring.certs.Envelope;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** The copies that a node keeps by itself. */
final class CopiesTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path dir;

    private final SimTime time = new SimTime();
    private final MemoryStore store = new MemoryStore();
    private Holders holders;
    private Envelopes node;
    private Envelopes operator;
    private Path folder;
    private int changes;

    @BeforeEach
    void people() throws Exception {
        holders = new Holders(dir);
        node = holders.holder("n1");
        operator = holders.holder("admin");
        folder = dir.resolve("backups");
    }

    private Copies copies() {
        Copies copies = new Copies(
                new StoreBackups.Origin("sipring.test", "n1", folder, Envelope::seal),
                new Copies.Plan(DAY, 3),
                new Copies.Readers(() -> List.of(node.own(), operator.own()), envelope -> node.open(envelope)),
                store,
                new SimChance(5),
                time.ticker());
        copies.start();
        time.advance(Duration.ofMinutes(1));
        return copies;
    }

    private void change() {
        store.put("accounts", "user" + changes++, "x".getBytes(StandardCharsets.UTF_8), 0);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static long count(Path copy, Envelopes reader) throws IOException {
        try (ArchiveReader in = new ArchiveReader(Files.newInputStream(copy), reader::open)) {
            return in.verify().count();
        }
    }

    @Test
    void oneIsWrittenADayWhenSomethingHasChangedAndTheLastFewAreKept() throws IOException {
        change();
        copies();
        assertThat(kept()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().get(0))))
                .isEqualTo("rw-------");
        time.advance(DAY.multipliedBy(2));
        assertThat(kept()).as("nothing has changed").hasSize(1);
        for (int i = 0; i < 4; i++) {
            change();
            time.advance(DAY.plusMinutes(2));
        }
        assertThat(kept()).hasSize(3);
        assertThat(count(kept().get(0), node)).isEqualTo(3);
        assertThat(count(kept().get(2), operator)).isEqualTo(5);
    }

    @Test
    void theFirstOneIsWrittenAsSoonAsThereIsAnything() throws IOException {
        copies();
        time.advance(Duration.ofMinutes(5));
        assertThat(kept()).isEmpty();
        change();
        time.advance(Duration.ofMinutes(1));
        assertThat(kept()).hasSize(1);
        assertThat(count(kept().get(0), node)).isEqualTo(1);
    }

    @Test
    void aNodeThatStartsAgainAndAgainWritesNoMore() throws IOException {
        change();
        copies();
        change();
        copies();
        assertThat(kept()).hasSize(1);
        time.advance(DAY);
        assertThat(kept()).hasSize(2);
        copies();
        time.advance(DAY.plusMinutes(2));
        assertThat(kept()).as("nothing has changed").hasSize(2);
    }

    @Test
    void afterARenewalTheOlderOnesAreForTheNewKeyAsWell() throws Exception {
        change();
        Copies copies = copies();
        Envelopes former = node;
        node = holders.renewed("n1");
        boolean[] forgotten = {false};
        copies.whenResealed(() -> {
            forgotten[0] = true;
            node.renewed();
        });
        time.settle();
        assertThat(forgotten[0]).isTrue();
        assertThat(count(kept().get(0), holders.reloaded("n1"))).isEqualTo(1);
        assertThat(former.own()).isNotEqualTo(node.own());
    }

    @Test
    void whatCannotBeWrittenIsToldUntilItCan() throws IOException {
        Files.writeString(folder, "in the way");
        change();
        Copies copies = copies();
        assertThat(copies.alarm().orElseThrow()).contains("no copy of the documents can be written to");
        Files.delete(folder);
        time.advance(Duration.ofMinutes(2));
        assertThat(copies.alarm()).isEmpty();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatADiskHasDamagedDoesNotStandInTheWay() throws IOException {
        change();
        copies();
        Files.write(kept().get(0), new byte[] {1, 2, 3});
        copies();
        time.advance(DAY.plusMinutes(2));
        assertThat(kept()).hasSize(2);
        assertThat(count(kept().get(1), node)).isEqualTo(1);
    }
}
