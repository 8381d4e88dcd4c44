package org.sipring.store.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.LargeName;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;
import org.sipring.testkit.SimChance;

final class CommandCodecTest {
    private static final RequestId REQUEST = new RequestId(1, 2, Instant.ofEpochMilli(3));
    private static final Key ALICE = new Key("accounts", "alice");

    private static final String NAMED = "ab".repeat(32) + "-7";
    private static final Manifest LARGE = Manifest.of(new byte[ChunkName.LONGEST + 1]);

    private static final Command.Put PUT = new Command.Put(REQUEST, ALICE, new byte[] {9, 8}, 7);

    private final CommandCodec codec = new CommandCodec();

    static Stream<Command> all() {
        return Stream.of(
                PUT,
                new Command.Put(REQUEST, ALICE, new byte[0], 0),
                new Command.Delete(REQUEST, ALICE, 7),
                new Command.Forget(Instant.ofEpochMilli(4)),
                new Command.Put(REQUEST, ALICE, new byte[] {9, 8}, 7, Set.of(LARGE.name(), LargeName.of(NAMED))),
                new Command.Chunk(new byte[] {9, 8}, Instant.ofEpochMilli(4)),
                new Command.Whole(LARGE, Instant.ofEpochMilli(4)),
                new Command.Sweep(Instant.ofEpochMilli(4)),
                new Command.Bundle(List.of(PUT, new Command.Delete(REQUEST, ALICE, 7))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsWrittenIsRead(Command command) {
        assertThat(codec.decode(codec.encode(command)))
                .usingRecursiveComparison()
                .isEqualTo(command);
    }

    @Test
    void aLogOfYearsAgoIsStillRead() {
        String written = "0101" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0008"
                + "6163636f756e7473" + "0005" + "616c696365" + "0000000000000007" + "00000002" + "0908";
        assertThat(codec.decode(HexFormat.of().parseHex(written)))
                .usingRecursiveComparison()
                .isEqualTo(PUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0101", "0109", "0103000000", "010100000000000000010000000000000002"})
    void whatIsNoCommandIsRefused(String bytes) {
        byte[] read = HexFormat.of().parseHex(bytes);
        assertThatThrownBy(() -> codec.decode(read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("command");
    }

    @Test
    void aValueThatIsNotThereIsNotWaitedForWithMemory() {
        byte[] put = codec.encode(PUT);
        put[put.length - 6] = 0x7f;
        assertThatThrownBy(() -> codec.decode(put)).hasMessageContaining("of which 2 are there");
    }

    @Test
    void aManifestOfAnotherValueIsRefused() {
        byte[] whole = codec.encode(new Command.Whole(LARGE, Instant.EPOCH));
        for (int i = 10; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> codec.decode(changed)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsTooLargeForAChunkIsRefused() {
        byte[] tooLong = new byte[ChunkName.LONGEST + 1];
        assertThatThrownBy(() -> new Command.Chunk(tooLong, Instant.EPOCH))
                .hasMessageContaining("keep it under 262144");
        assertThatThrownBy(() -> new Command.Chunk(new byte[0], Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBundleHoldsChangesAndNothingElse() {
        byte[] bundle = codec.encode(new Command.Bundle(List.of(PUT)));
        bundle[4] = 8;
        assertThatThrownBy(() -> codec.decode(bundle)).hasMessageContaining("type 8, which changes no document");
        assertThatThrownBy(() -> codec.decode(new byte[] {1, 8, 0, 0})).hasMessageContaining("without a change");
    }

    @Test
    void aKeyThatIsNotOneIsReadFromNobody() {
        byte[] put = codec.encode(PUT);
        String text = new String(put, StandardCharsets.ISO_8859_1);
        put[text.indexOf("accounts") + 3] = (byte) 0xc0;
        put[text.indexOf("accounts") + 4] = (byte) 0x80;
        assertThatThrownBy(() -> codec.decode(put)).hasMessageContaining("a collection with a NUL in it");
    }

    @Test
    void anyBytesAreReadOrRefused() {
        SimChance chance = new SimChance(1);
        List<byte[]> written = all().map(codec::encode).toList();
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = written.get(chance.below(written.size())).clone();
            int length = 1 + chance.below(Math.min(bytes.length, 200));
            bytes[chance.below(length)] = (byte) chance.below(256);
            byte[] read = chance.percent(50) ? Arrays.copyOf(bytes, length) : bytes;
            assertThatCode(() -> readOrRefused(read)).doesNotThrowAnyException();
        }
    }

    private void readOrRefused(byte[] bytes) {
        try {
            var unused = codec.decode(bytes);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Test
    void aNewerFormatSaysWhatToDo() {
        assertThatThrownBy(() -> codec.decode(new byte[] {2, 1})).hasMessageContaining("update this node");
    }
}
