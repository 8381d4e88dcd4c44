package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.testkit.contract.Journal.bytes;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.overlay.table.Envelope.Remembered;
import org.sipring.testkit.SimTime;

class FormatsTest {
    private static final Envelope FULL = new Envelope(
            "journal",
            new byte[] {1, 2, 3},
            5,
            new Stamp(7, new NodeId("n1")),
            List.of(new Remembered("r2", 7, bytes("two")), new Remembered("r1", 6, bytes(""))));

    private final InternalSerializationService service = service();

    private static InternalSerializationService service() {
        SerializationConfig config = new SerializationConfig();
        Formats.register(config, new Owner(new NodeId("n1"), new SimTime().ticker()));
        return new DefaultSerializationServiceBuilder().setConfig(config).build();
    }

    @AfterEach
    void dispose() {
        service.dispose();
    }

    @Test
    void anEnvelopeIsReadAsItWasWritten() {
        assertSame(again(FULL), FULL);
    }

    @Test
    void anEnvelopeWithoutAValueIsReadAsItWasWritten() {
        Envelope empty = Envelope.empty("journal", FULL.stamp(), List.of());
        assertSame(again(empty), empty);
    }

    @Test
    void theProcessorsAreReadAsTheyWereWritten() {
        Owner owner = new Owner(new NodeId("n2"), new SimTime().ticker());
        Update update = new Update("journal", "add", bytes("one"), "r1");
        assertSame(again(new UpdateProcessor(owner, update)).update(), update);
        assertSame(again(new InstallProcessor(owner, FULL)).envelope(), FULL);
        assertThat(again(new ReadProcessor(owner))).isNotNull();
    }

    @Test
    void aFormatOfAnotherReleaseIsRefused() {
        byte[] stored = service.toBytes(FULL);
        stored[HeapData.DATA_OFFSET] = 2;
        Data data = new HeapData(stored);
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(HazelcastSerializationException.class)
                .hasMessageContaining("update this node");
    }

    private <T> T again(T value) {
        return service.toObject(new HeapData(service.toBytes(value)));
    }

    private static void assertSame(Object one, Object other) {
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }
}
