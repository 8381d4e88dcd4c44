package org.sipring.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.Binding;
import org.sipring.proxy.registrar.Origin;
import org.sipring.sip.transport.Transport;

/** Where a registered phone is called: at its contact, or through its NAT. */
final class BindingEdgeTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.7", 40_000);

    private static Edge edge(Transport transport, String contact, boolean anyContact) {
        return edge(transport, contact, "", anyContact);
    }

    private static Edge edge(Transport transport, String contact, String regId, boolean anyContact) {
        FlowRef flow = new FlowRef(N1, 9, transport, SOURCE, transport == Transport.UDP ? 0 : 5);
        Origin origin = new Origin(flow, List.of(), "");
        Binding binding = new Binding(
                contact, ";+sip.instance=\"<urn:x>\"" + regId, "c", 1, 9_999, origin, new Stamp(1, N1), false);
        return BindingEdge.of("alice@sipring.test", binding, binding.uri().orElseThrow(), anyContact);
    }

    private static InetSocketAddress remote(String contact) {
        return edge(Transport.UDP, contact, false).flow().remote();
    }

    @Test
    void aContactOnTheHostThatRegisteredIsCalled() {
        assertThat(remote("sip:alice@192.0.2.7:5070")).isEqualTo(new InetSocketAddress("192.0.2.7", 5070));
        assertThat(remote("sip:alice@192.0.2.7")).isEqualTo(new InetSocketAddress("192.0.2.7", 5060));
    }

    @Test
    void aContactBehindANatIsCalledThroughTheNat() {
        assertThat(remote("sip:alice@10.1.1.1:5070")).isEqualTo(SOURCE);
        assertThat(remote("sip:alice@phone.example.com")).isEqualTo(SOURCE);
    }

    @Test
    void anyContactIsCalledWhereThatIsAskedFor() {
        assertThat(edge(Transport.UDP, "sip:alice@10.1.1.1:5070", true).flow().remote())
                .isEqualTo(new InetSocketAddress("10.1.1.1", 5070));
    }

    @Test
    void aConnectionIsUsedWhateverTheContactSays() {
        Edge edge = edge(Transport.TCP, "sip:alice@10.1.1.1:5070;transport=tcp", false);
        assertThat(edge.flow().transport()).isEqualTo(Transport.TCP);
        assertThat(edge.flow().connection()).isEqualTo(5);
        assertThat(edge.flow().boot()).isEqualTo(9);
    }

    @Test
    void aTcpContactRegisteredOverUdpGetsANewConnection() {
        Edge edge = edge(Transport.UDP, "sip:alice@192.0.2.7:5070;transport=tcp", false);
        assertThat(edge.flow().transport()).isEqualTo(Transport.TCP);
        assertThat(edge.flow().boot()).isZero();
        assertThat(edge.flow().remote()).isEqualTo(new InetSocketAddress("192.0.2.7", 5070));
    }

    @Test
    void noContactMakesANodeConnectToThirdParties() {
        Edge edge = edge(Transport.UDP, "sip:alice@203.0.113.9:25;transport=tcp", false);
        assertThat(edge.flow().remote()).isEqualTo(SOURCE);
    }

    @Test
    void aPhoneThatKeepsItsFlowIsCalledOverItWhateverTheContactSays() {
        Edge edge = edge(Transport.UDP, "sip:alice@192.0.2.7:5070;transport=tcp", ";reg-id=2", false);
        assertThat(edge.flow().transport()).isEqualTo(Transport.UDP);
        assertThat(edge.flow().remote()).isEqualTo(SOURCE);
    }

    @Test
    void theInstanceAndItsFlowAreKept() {
        Edge edge = edge(Transport.UDP, "sip:alice@192.0.2.7", ";reg-id=2", false);
        assertThat(edge.instance()).isEqualTo("<urn:x>".hashCode());
        assertThat(edge.regId()).isEqualTo(2);
        assertThat(edge.flow().node()).isEqualTo(N1);
    }
}
