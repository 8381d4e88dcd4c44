package org.sipring.overlay.forming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Greeting.Phase;

class GreetingTest {
    private static final Roster ROSTER =
            new Roster("p1", 7, List.of(new Roster.Seat(new NodeId("n1"), "127.0.0.11", 7600)));

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Greeting greeting = new Greeting(new NodeId("n1"), Phase.FORMING, Optional.of(ROSTER));
        Greeting newcomer = new Greeting(new NodeId("n2"), Phase.WAITING, Optional.empty());

        assertThat(read(greeting.frame())).isEqualTo(greeting);
        assertThat(read(newcomer.frame())).isEqualTo(newcomer);
    }

    @Test
    void everyCutIsRefused() {
        byte[] frame = new Greeting(new NodeId("n1"), Phase.MEMBER, Optional.of(ROSTER)).frame();
        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyDamagedByteIsReadOrRefusedButNeverMore() {
        byte[] frame = new Greeting(new NodeId("n1"), Phase.MEMBER, Optional.of(ROSTER)).frame();
        for (int i = 0; i < frame.length; i++) {
            byte[] damaged = frame.clone();
            damaged[i] ^= (byte) 0xff;
            try {
                assertThat(read(damaged)).isNotNull();
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    @Test
    void aHugeLengthIsRefusedBeforeAnythingIsAllocated() {
        assertThatThrownBy(() -> read(new byte[] {0x7f, -1, -1, -1})).hasMessageContaining("2147483647");
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] frame = new Greeting(new NodeId("n1"), Phase.MEMBER, Optional.empty()).frame();
        frame[4] = 9;
        assertThatThrownBy(() -> read(frame)).hasMessageContaining("version 9");
    }

    private static Greeting read(byte[] frame) throws IOException {
        return Greeting.read(new DataInputStream(new ByteArrayInputStream(frame)));
    }
}
