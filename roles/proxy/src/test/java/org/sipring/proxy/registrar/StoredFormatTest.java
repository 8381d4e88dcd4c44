package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.api.Codec;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.transport.Transport;

/** Version 1 of what proxies store and send each other: nodes of two releases read the same bytes. */
final class StoredFormatTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final FlowRef FLOW = new FlowRef(N1, 7, Transport.TCP, new InetSocketAddress("192.0.2.1", 5062), 9);
    private static final String CONTACT = "sip:alice@192.0.2.1:5062";
    private static final Origin ORIGIN = new Origin(FLOW, List.of("<sip:hop;lr>"), "phone");

    private static final String FLOW_BYTES = "00026e31 0000000000000007 0003544350 04c0000201 13c6 0000000000000009";
    private static final String CONTACT_BYTES = "0018 7369703a616c696365403139322e302e322e313a35303632 0004 3b713d31 ";
    private static final String PATH_BYTES = "01 000c 3c7369703a686f703b6c723e ";

    private static <T> void written(Codec<T> format, T value, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(format.encode(value)).isEqualTo(bytes);
        assertThat(format.decode(bytes)).isEqualTo(value);
        bytes[0] = 2;
        assertThatThrownBy(() -> format.decode(bytes)).hasMessageContaining("format 2 is newer");
    }

    @Test
    void theBindingsOfAnAddressOfRecord() {
        Binding binding = new Binding(CONTACT, ";q=1", "call", 3, 1_000, ORIGIN, new Stamp(5, N1), false);
        written(
                new BindingsCodec(),
                new Bindings(List.of(binding), Optional.of(new Cleared(new Stamp(4, N1), 2_000))),
                "01 01 0000000000000004 00026e31 00000000000007d0 0001"
                        + CONTACT_BYTES
                        + "0004 63616c6c 00000003 00000000000003e8"
                        + PATH_BYTES
                        + FLOW_BYTES
                        + "0005 70686f6e65 0000000000000005 00026e31 00");
    }

    @Test
    void aLostFlowOnItsWayToTheOwner() {
        written(
                LostFlow.FORMAT,
                new LostFlow(FLOW, CONTACT, 3600),
                "01" + FLOW_BYTES + "0018 7369703a616c696365403139322e302e322e313a35303632 00000e10");
    }

    @Test
    void aRegistrationOnItsWayToTheOwner() {
        written(
                Registration.FORMAT,
                new Registration(
                        "call",
                        3,
                        false,
                        List.of(new Registration.Wish(CONTACT, ";q=1", 60)),
                        ORIGIN,
                        new Registration.Limits(10, 3600)),
                "01 0004 63616c6c 00000003 00 01"
                        + CONTACT_BYTES
                        + "0000003c"
                        + FLOW_BYTES
                        + PATH_BYTES
                        + "0005 70686f6e65 000a 00000e10");
    }
}
