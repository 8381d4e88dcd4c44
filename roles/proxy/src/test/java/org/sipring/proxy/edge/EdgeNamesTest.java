package org.sipring.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** How Record-Route leads back to the platform. */
final class EdgeNamesTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("10.0.0.1", 5060);

    @Test
    void anEdgeNameHasNeitherPortNorTransportSoThatSrvDecides() {
        EdgeNames names = new EdgeNames("sipring.test", EdgeNames.Style.NAME);
        assertThat(names.route("T", N1, ADDRESS, Transport.TCP, false)).isEqualTo("<sip:T@n1.edge.sipring.test;lr>");
        assertThat(names.isEdge(SipUri.parse("sip:T@n9.edge.sipring.test;lr").orElseThrow()))
                .isTrue();
        assertThat(names.isEdge(SipUri.parse("sip:T@n9.edge.example.com;lr").orElseThrow()))
                .isFalse();
    }

    @Test
    void allBelowADomainIsOursToNameHoweverDeep() {
        EdgeNames names = new EdgeNames("sipring.test", EdgeNames.Style.NAME);
        assertThat(names.holds("sipring.test")).isTrue();
        assertThat(names.holds("a.b.sipring.test")).isTrue();
        assertThat(names.holds("badsipring.test")).isFalse();
        assertThat(names.holds("sipring.test.")).isFalse();
        assertThat(names.holds(".".repeat(55_000))).isFalse();
    }

    @Test
    void aPhoneThatCameByTlsComesBackByTls() {
        EdgeNames names = new EdgeNames("sipring.test", EdgeNames.Style.NAME);
        assertThat(names.route("T", N1, ADDRESS, Transport.TLS, false))
                .isEqualTo("<sip:T@n1.edge.sipring.test;transport=tls;lr>");
        assertThat(names.route("T", N1, ADDRESS, Transport.TLS, true))
                .isEqualTo("<sips:T@n1.edge.sipring.test;transport=tls;lr>");
    }

    @Test
    void aBrowsersRouteNamesWebSocketWhicheverKindItIs() {
        EdgeNames names = new EdgeNames("sipring.test", EdgeNames.Style.NAME);
        assertThat(names.route("T", N1, ADDRESS, Transport.WS, false))
                .isEqualTo("<sip:T@n1.edge.sipring.test;transport=ws;lr>");
        assertThat(names.route("T", N1, ADDRESS, Transport.WSS, false))
                .isEqualTo("<sip:T@n1.edge.sipring.test;transport=ws;lr>");
        assertThat(names.serviceRoute(Transport.WSS)).contains("<sip:sipring.test;transport=ws;lr>");
    }

    @Test
    void anAddressSaysWhichTransportItsPhoneUses() {
        EdgeNames names = new EdgeNames("sipring.test", EdgeNames.Style.ADDRESS);
        assertThat(names.route("T", N1, ADDRESS, Transport.UDP, false)).isEqualTo("<sip:T@10.0.0.1:5060;lr>");
        assertThat(names.route("T", N1, ADDRESS, Transport.TCP, false))
                .isEqualTo("<sip:T@10.0.0.1:5060;transport=tcp;lr>");
    }
}
