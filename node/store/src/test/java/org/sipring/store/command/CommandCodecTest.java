package org.sipring.store.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandCodecTest {
    private static final RequestId REQUEST = new RequestId(1, 2, Instant.ofEpochMilli(3));
    private static final Key ALICE = new Key("accounts", "alice");

    private final CommandCodec codec = new CommandCodec();

    static Stream<Command> all() {
        return Stream.of(
                new Command.Put(REQUEST, ALICE, new byte[] {9, 8}, 7),
                new Command.Put(REQUEST, ALICE, new byte[0], 0),
                new Command.Delete(REQUEST, ALICE, 7),
                new Command.Forget(Instant.ofEpochMilli(4)));
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
                .isEqualTo(new Command.Put(REQUEST, ALICE, new byte[] {9, 8}, 7));
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
        byte[] put = codec.encode(new Command.Put(REQUEST, ALICE, new byte[] {9, 8}, 7));
        put[put.length - 6] = 0x7f;
        assertThatThrownBy(() -> codec.decode(put)).hasMessageContaining("of which 2 are there");
    }

    @Test
    void aNewerFormatSaysWhatToDo() {
        assertThatThrownBy(() -> codec.decode(new byte[] {2, 1})).hasMessageContaining("update this node");
    }
}
