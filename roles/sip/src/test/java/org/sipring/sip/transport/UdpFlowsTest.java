package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** One flow for all datagrams of a peer. */
class UdpFlowsTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 5060);

    private final UdpFlows flows = new UdpFlows();

    private static InetSocketAddress peer(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    @Test
    void aPeerKeepsItsFlow() {
        Flow first = flows.of(LOCAL, peer("192.0.2.1", 5070));

        assertThat(flows.of(LOCAL, peer("192.0.2.1", 5070))).isSameAs(first);
        assertThat(first).isEqualTo(Flow.udp(LOCAL, peer("192.0.2.1", 5070)));
    }

    @Test
    void anotherPortIsAnotherPeer() {
        for (int port = 1; port < 65_536; port++) {
            assertThat(flows.of(LOCAL, peer("192.0.2.1", port)).remote().getPort())
                    .isEqualTo(port);
        }
    }

    @Test
    void anotherSocketIsAnotherFlow() {
        flows.of(LOCAL, peer("192.0.2.1", 5070));
        InetSocketAddress other = peer("127.0.0.1", 5062);

        assertThat(flows.of(other, peer("192.0.2.1", 5070)).local()).isEqualTo(other);
    }

    @Test
    void equalAddressesOfTwoLinksAreTwoPeers() throws UnknownHostException {
        InetSocketAddress one = new InetSocketAddress(InetAddress.getByName("fe80::1%1"), 5060);
        InetSocketAddress two = new InetSocketAddress(InetAddress.getByName("fe80::1%2"), 5060);
        flows.of(LOCAL, one);

        assertThat(flows.of(LOCAL, two).remote()).isSameAs(two);
    }
}
