package org.sipring.store.large;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.testkit.SimChance;

/** Chunks on a disk, and what a disk does to them. */
final class ChunkFolderTest {
    private static final byte[] BYTES = "once upon a time".getBytes(StandardCharsets.US_ASCII);
    private static final ChunkName NAME = ChunkName.of(BYTES);

    @TempDir
    Path dir;

    private ChunkFolder folder() {
        return new ChunkFolder(dir.resolve("large"));
    }

    private Path file() {
        return dir.resolve("large").resolve(NAME.hash().substring(0, 2)).resolve(NAME.hash());
    }

    private ChunkFolder written() throws IOException {
        ChunkFolder folder = folder();
        folder.write(NAME, BYTES);
        return folder;
    }

    @Test
    void whatIsWrittenIsReadAlsoLater() throws IOException {
        assertThat(written().read(NAME)).contains(BYTES);
        assertThat(folder().read(NAME)).contains(BYTES);
        assertThat(folder().read(ChunkName.of(new byte[1]))).isEmpty();
        assertThat(file()).hasBinaryContent(BYTES);
    }

    @Test
    void whatIsCalledSomethingElseIsNotWritten() {
        assertThatThrownBy(() -> folder().write(NAME, new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyFlippedBitIsFoundAndNothingOfItServed() throws IOException {
        ChunkFolder folder = written();
        for (int bit = 0; bit < BYTES.length * 8; bit++) {
            byte[] flipped = BYTES.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file(), flipped);

            assertThat(folder.read(NAME)).isEmpty();
        }
        assertThat(folder.damaged()).as("one file").isEqualTo(1);
    }

    @Test
    void aFileThatIsTooShortOrTooLongIsNotServed() throws IOException {
        ChunkFolder folder = written();
        Files.write(file(), List.of());
        assertThat(folder.read(NAME)).isEmpty();
        Files.write(file(), new byte[ChunkName.LONGEST * 3]);
        assertThat(folder.read(NAME)).isEmpty();
    }

    @Test
    void whatIsDamagedOrMissingIsMendedByWritingItOnceMore() throws IOException {
        ChunkFolder folder = written();
        Files.write(file(), new byte[3]);
        assertThat(folder.read(NAME)).isEmpty();
        folder.write(NAME, BYTES);
        assertThat(folder.read(NAME)).contains(BYTES);
        assertThat(folder.damaged()).isZero();

        Files.delete(file());
        assertThat(folder.read(NAME)).isEmpty();
        folder.write(NAME, BYTES);
        assertThat(folder.read(NAME)).contains(BYTES);
    }

    @Test
    void halvesAndWhatNobodyKnowsAreSwept() throws IOException {
        ChunkFolder folder = written();
        byte[] other = {1, 2, 3};
        folder.write(ChunkName.of(other), other);
        Path half = file().resolveSibling(NAME.hash() + ".new");
        Files.write(half, new byte[3]);
        folder.sweep(Set.of(NAME)::contains);

        assertThat(half).doesNotExist();
        assertThat(folder.has(ChunkName.of(other))).isFalse();
        assertThat(folder.read(NAME)).contains(BYTES);
    }

    @Test
    void whatIsSharedStaysWhereItIsRemovedFromOne() throws IOException {
        ChunkFolder folder = written();
        ChunkFolder copy = new ChunkFolder(dir.resolve("copy"));
        folder.share(copy, List.of(NAME, ChunkName.of(new byte[1])));
        folder.share(copy, List.of(NAME));
        folder.remove(List.of(NAME));

        assertThat(folder.has(NAME)).isFalse();
        assertThat(copy.read(NAME)).contains(BYTES);
    }

    @Test
    void whatIsHeldGoesWhenNobodyHoldsItUnlessItHasComeAgain() throws IOException {
        ChunkFolder folder = written();
        byte[] other = {4, 5};
        folder.write(ChunkName.of(other), other);
        ChunkFolder.Hold one = folder.hold();
        ChunkFolder.Hold another = folder.hold();
        folder.remove(List.of(NAME, ChunkName.of(other)));
        one.close();
        assertThat(folder.has(ChunkName.of(other))).isTrue();
        folder.write(NAME, BYTES);
        another.close();

        assertThat(folder.read(NAME)).contains(BYTES);
        assertThat(folder.has(ChunkName.of(other))).isFalse();
    }

    @Test
    void aDamagedFileIsMendedBesideTheOneThatSharesIt() throws IOException {
        ChunkFolder folder = written();
        ChunkFolder copy = new ChunkFolder(dir.resolve("copy"));
        folder.share(copy, List.of(NAME));
        Files.write(file(), new byte[3]);
        folder.write(NAME, BYTES);

        assertThat(folder.read(NAME)).contains(BYTES);
        assertThat(copy.read(NAME)).as("of the same disk block").isEmpty();
    }

    @Test
    void whatWasSentIsTakenUpAndNothingOfItServedThatIsDamaged() throws IOException {
        ChunkFolder sent = new ChunkFolder(dir.resolve("sent"));
        SimChance chance = new SimChance(1);
        byte[] good = chance.bytes(1000);
        byte[] bad = chance.bytes(1000);
        sent.write(ChunkName.of(good), good);
        sent.write(ChunkName.of(bad), bad);
        sent.write(NAME, BYTES);
        ChunkFolder folder = written();
        Files.write(file(), new byte[3]);
        for (Path chunk : sent.chunks()) {
            Files.write(chunk.resolveSibling(chunk.getFileName() + ".md5"), new byte[3]);
            if (chunk.endsWith(ChunkName.of(bad).hash())) {
                Files.write(chunk, new byte[3]);
            }
        }
        folder.takeUp(sent);
        folder.takeUp(sent);

        assertThat(folder.read(ChunkName.of(good))).contains(good);
        assertThat(folder.read(ChunkName.of(bad))).isEmpty();
        assertThat(folder.read(NAME)).as("was damaged here").contains(BYTES);
    }
}
