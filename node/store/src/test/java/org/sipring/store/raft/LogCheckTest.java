package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.database.Entry.Place;

/** What is cut short at the end of the log is told apart from what is damaged. */
final class LogCheckTest {
    private static final int TERM = 3;
    private static final int FIRST = 10;
    private static final int MIDDLE = 20;
    private static final int LAST = 29;
    private static final int AHEAD = 5_000;

    private final Path folder;

    LogCheckTest(@TempDir Path dir) throws IOException {
        folder = dir;
        closed(entries(FIRST, MIDDLE - 1));
        open(entries(MIDDLE, LAST));
    }

    private static byte[] entries(int from, int to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("RaftLog1".getBytes(StandardCharsets.US_ASCII));
        for (int index = from; index <= to; index++) {
            bytes.writeBytes(entry(index));
        }
        return bytes.toByteArray();
    }

    private static byte[] entry(int index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LogEntryProto.newBuilder()
                .setTerm(TERM)
                .setIndex(index)
                .setStateMachineLogEntry(StateMachineLogEntryProto.newBuilder()
                        .setLogData(ByteString.copyFromUtf8(
                                "what entry %d says ".formatted(index).repeat(index))))
                .build()
                .writeDelimitedTo(bytes);
        CRC32C sum = new CRC32C();
        sum.update(bytes.toByteArray());
        new DataOutputStream(bytes).writeInt((int) sum.getValue());
        return bytes.toByteArray();
    }

    private void closed(byte... content) throws IOException {
        Files.write(folder.resolve("log_%d-%d".formatted(FIRST, MIDDLE - 1)), content);
    }

    private void open(byte... content) throws IOException {
        Files.write(folder.resolve("log_inprogress_" + MIDDLE), content);
    }

    private LogCheck check() throws IOException {
        return LogCheck.of(new LogFiles(folder));
    }

    private void isWhole(int last) throws IOException {
        LogCheck log = check();
        assertThat(log.damage()).isEmpty();
        assertThat(log.first()).hasValue((long) FIRST);
        assertThat(log.last()).isEqualTo(new Place(TERM, last));
    }

    private static byte[] flipped(byte[] content, int bit) {
        byte[] damaged = content.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return damaged;
    }

    @Test
    void aHealthyLogIsWhole() throws IOException {
        isWhole(LAST);
        assertThat(check().isTorn()).isFalse();
    }

    @Test
    void soIsOneWithWhatIsAllocatedAhead() throws IOException {
        byte[] whole = entries(MIDDLE, LAST);
        open(Arrays.copyOf(whole, whole.length + AHEAD));
        isWhole(LAST);
        assertThat(check().isTorn()).isFalse();
    }

    @Test
    void soIsOneWhoseLastFileHasNothingYet() throws IOException {
        open(new byte[AHEAD]);
        isWhole(MIDDLE - 1);
    }

    /** Wherever it is cut, and whether what was allocated ahead stands behind it or nothing. */
    @Test
    void whatIsCutShortAtTheEndIsCutOff() throws IOException {
        byte[] before = entries(MIDDLE, LAST - 1);
        byte[] whole = entries(MIDDLE, LAST);
        for (int length = before.length + 1; length < whole.length; length++) {
            open(Arrays.copyOf(whole, length));
            isCutAt(before);
            open(Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + AHEAD));
            isCutAt(before);
        }
    }

    private void isCutAt(byte... before) throws IOException {
        isWhole(LAST - 1);
        LogCheck log = check();
        // Zeros may be right by chance, as the last bytes of what was cut.
        assertThat(log.isTorn()).isTrue();
        log.cut();
        assertThat(folder.resolve("log_inprogress_" + MIDDLE)).hasBinaryContent(before);
        isWhole(LAST - 1);
        assertThat(check().isTorn()).isFalse();
    }

    /** Of lengths as well, which Ratis takes for the end. */
    @Test
    void eachFlippedBitBeforeTheLastEntryIsFound() throws IOException {
        byte[] whole = entries(MIDDLE, LAST);
        int end = entries(MIDDLE, LAST - 1).length;
        for (int bit = 0; bit < end * Byte.SIZE; bit++) {
            open(flipped(whole, bit));
            isDamaged("log_inprogress_" + MIDDLE, "bit " + bit);
        }
    }

    @Test
    void soIsEachInAClosedFile() throws IOException {
        byte[] whole = entries(FIRST, MIDDLE - 1);
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            closed(flipped(whole, bit));
            isDamaged("log_%d-%d".formatted(FIRST, MIDDLE - 1), "bit " + bit);
        }
    }

    private void isDamaged(String file, String as) throws IOException {
        LogCheck log = check();
        assertThat(log.damage()).as(as).hasValueSatisfying(text -> assertThat(text)
                .contains(file + " is damaged: entry "));
        assertThat(log.last().index()).as(as).isEqualTo(LAST);
    }

    @Test
    void aClosedFileThatIsGoneIsADamage() throws IOException {
        Files.delete(folder.resolve("log_inprogress_" + MIDDLE));
        Files.write(folder.resolve("log_inprogress_" + (MIDDLE + 1)), entries(MIDDLE + 1, LAST));
        isDamaged("log_inprogress_" + (MIDDLE + 1), "a gap");
    }

    @Test
    void aClosedFileThatIsCutShortIsADamageAlsoWhereItIsTheLast() throws IOException {
        Files.delete(folder.resolve("log_inprogress_" + MIDDLE));
        byte[] whole = entries(FIRST, MIDDLE - 1);
        closed(Arrays.copyOf(whole, whole.length - 1));
        LogCheck log = check();
        assertThat(log.damage()).isPresent();
        assertThat(log.last().index()).as("by its name").isEqualTo(MIDDLE - 1);
    }
}
