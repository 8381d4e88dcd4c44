package org.sipring.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Envelopes;
import org.sipring.api.LargeName;
import org.sipring.certs.Envelope;
import org.sipring.store.command.Key;
import org.sipring.store.large.Manifest;
import org.sipring.testkit.SimChance;

/** The format of archives, and what strangers and disks do to them. */
final class ArchiveTest {
    private static final About ABOUT = new About("sipring.test", Instant.parse("2026-03-01T12:00:00Z"), "n1");
    private static final SimChance CHANCE = new SimChance(11);

    @TempDir
    static Path dir;

    private static Envelopes operator;
    private static Envelopes other;

    @BeforeAll
    static void people() throws Exception {
        Holders holders = new Holders(dir);
        operator = holders.holder("admin");
        other = holders.holder("other");
    }

    private static byte[] archive(List<Item> items, Envelopes... readers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArchiveWriter.Readers all = new ArchiveWriter.Readers(
                Arrays.stream(readers).map(Envelopes::own).toList(), Envelope::seal);
        try (ArchiveWriter writer = new ArchiveWriter(bytes, all, CHANCE.bytes(Chunks.KEY_BYTES), ABOUT)) {
            for (Item item : items) {
                writer.add(item);
            }
            writer.finish();
        }
        return bytes.toByteArray();
    }

    private static Item item(String name, byte[] value) {
        return new Item(new Key("accounts", name), 7, value);
    }

    private static List<Item> few() {
        return List.of(item("alice", "secret of alice".getBytes(StandardCharsets.UTF_8)), item("bob", new byte[0]));
    }

    private static List<String> read(byte[] archive, Envelopes reader) throws IOException {
        List<String> found = new ArrayList<>();
        try (ArchiveReader in = new ArchiveReader(new ByteArrayInputStream(archive), reader::open)) {
            assertThat(in.about()).isEqualTo(ABOUT);
            for (Optional<Item> next = in.next(); next.isPresent(); next = in.next()) {
                found.add(text(next.get()));
            }
        }
        return found;
    }

    private static String text(Item item) {
        return item.key() + " " + item.revision() + " " + Arrays.hashCode(item.value());
    }

    private static List<String> texts(List<Item> items) {
        return items.stream().map(ArchiveTest::text).toList();
    }

    /** Many, and such that chunks end within documents, and one exactly with the last. */
    private static List<Item> many() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            items.add(item("user-%03d".formatted(i), CHANCE.bytes(i * 997)));
        }
        items.add(item("user-long", CHANCE.bytes(512 * 1024)));
        return items;
    }

    @Test
    void whatWasWrittenIsReadByEachWhomItIsFor() throws IOException {
        byte[] archive = archive(many(), operator, other);
        assertThat(read(archive, operator)).hasSize(41);
        assertThat(read(archive, other)).isEqualTo(read(archive, operator));
        assertThat(read(archive(few(), operator), operator)).isEqualTo(texts(few()));
        assertThat(read(archive(List.of(), operator), operator)).isEmpty();
    }

    @Test
    void aDocumentWhoseLargeValueIsNotInItIsRefused() throws IOException {
        LargeName missing = Manifest.of(new byte[] {1}).name();
        byte[] archive =
                archive(List.of(new Item(new Key("accounts", "alice"), 7, new byte[1], Set.of(missing))), operator);

        assertThatThrownBy(() -> read(archive, operator))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("a large value that is not in it");
    }

    @Test
    void aLargeValueOfOtherChunksIsRefused() throws IOException {
        Manifest manifest = Manifest.of(new byte[] {1, 2, 3});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArchiveWriter.Readers readers = new ArchiveWriter.Readers(List.of(operator.own()), Envelope::seal);
        try (ArchiveWriter writer = new ArchiveWriter(bytes, readers, CHANCE.bytes(Chunks.KEY_BYTES), ABOUT)) {
            writer.add(manifest, chunk -> new byte[] {1, 2, 4});
            writer.finish();
        }

        assertThatThrownBy(() -> read(bytes.toByteArray(), operator))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("a chunk is not what its large value says");
    }

    @Test
    void whatIsInItIsSeenByNobodyElse() throws IOException {
        byte[] archive = archive(few(), operator);
        assertThat(new String(archive, StandardCharsets.ISO_8859_1)).doesNotContain("alice", "accounts");
        assertThatThrownBy(() -> read(archive, other))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageContaining("made for other certificates: CN=admin (serial ");
    }

    @Test
    void itsEndSaysWhatIsInIt() throws IOException {
        Summary summary = summary(archive(few(), operator));
        assertThat(summary.documents()).containsExactlyEntriesOf(java.util.Map.of("accounts", 2L));
        assertThat(summary(archive(few(), other, operator)).digest()).isEqualTo(summary.digest());
        assertThat(summary(archive(few().subList(0, 1), operator)).digest()).isNotEqualTo(summary.digest());
    }

    private static Summary summary(byte[] archive) throws IOException {
        try (ArchiveReader in = new ArchiveReader(new ByteArrayInputStream(archive), operator::open)) {
            return in.verify();
        }
    }

    @Test
    void whereverItIsCutItIsRefused() throws IOException {
        byte[] archive = archive(few(), operator);
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThatThrownBy(() -> read(cut, operator))
                    .as("cut to %s", length)
                    .isInstanceOf(BadArchiveException.class);
        }
        byte[] longer = Arrays.copyOf(archive, archive.length + 1);
        assertThatThrownBy(() -> read(longer, operator)).isInstanceOf(BadArchiveException.class);
    }

    // Whom an envelope is for stands outside of what is sealed: to change that changes nothing that is read.
    @Test
    void whateverIsChangedIsRefused() throws IOException {
        byte[] archive = archive(few(), operator);
        int head = headOf(archive);
        for (int at = 0; at < archive.length; at++) {
            byte[] changed = archive.clone();
            changed[at] ^= 1;
            try {
                assertThat(read(changed, operator)).isEqualTo(texts(few()));
                assertThat(at).as("a change that nobody noticed").isLessThan(head);
            } catch (BadArchiveException refused) {
                assertThat(refused).hasMessageMatching("(?s).*(copy it again|no archive|format|other certificates).*");
            }
        }
    }

    private static int headOf(byte[] archive) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        Head.read(new ByteArrayInputStream(archive)).write(head);
        return head.size();
    }

    @Test
    void chunksAreNotSwappedRepeatedLeftOutOrTakenFromAnotherArchive() throws IOException {
        byte[] archive = archive(many(), operator);
        byte[] another = archive(many(), operator);
        int head = headOf(archive);
        int second = head + Chunks.SEALED;
        int third = second + Chunks.SEALED;
        List<byte[]> bad = List.of(
                joined(
                        part(archive, 0, head),
                        part(archive, second, third),
                        part(archive, head, second),
                        part(archive, third, archive.length)),
                joined(part(archive, 0, second), part(archive, head, second), part(archive, second, archive.length)),
                joined(part(archive, 0, head), part(archive, second, archive.length)),
                joined(part(archive, 0, second), part(archive, third, archive.length)),
                part(archive, 0, third),
                joined(part(archive, 0, head), part(another, headOf(another), another.length)));
        for (byte[] one : bad) {
            assertThatThrownBy(() -> read(one, operator)).isInstanceOf(BadArchiveException.class);
        }
        assertThatThrownBy(() -> read(part(archive, 0, third), operator)).hasMessageContaining("ends too early");
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void whatIsNoArchiveIsSaidToBeNone() {
        for (byte[] bytes : List.of(new byte[0], new byte[1000], "sipring archivex".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> read(bytes, operator)).hasMessageContaining("no archive");
        }
    }

    @Test
    void whoeverHasTheKeyAndABugIsRefusedToo() throws IOException {
        List<Item> twice = List.of(few().get(0), few().get(0));
        assertThatThrownBy(() -> read(archive(twice, operator), operator)).hasMessageContaining("not in order");
        byte[] tooLong = archive(List.of(item("alice", new byte[512 * 1024 + 1])), operator);
        assertThatThrownBy(() -> read(tooLong, operator)).hasMessageContaining("which no store keeps");
    }

    @Test
    void itTakesNoMoreMemoryThanADocument() throws IOException {
        // A stream that is longer than any heap, of what is no archive but begins like one.
        byte[] head = part(archive(few(), operator), 0, headOf(archive(few(), operator)));
        InputStream endless = new java.io.SequenceInputStream(new ByteArrayInputStream(head), new Endless());
        assertThatThrownBy(() -> new ArchiveReader(endless, operator::open)).isInstanceOf(BadArchiveException.class);
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }
    }
}
