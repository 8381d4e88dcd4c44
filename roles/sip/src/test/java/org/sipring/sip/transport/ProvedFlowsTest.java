package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sipring.sip.tls.Proof;

/** Which connections are used for requests to peers that have proved themselves: RFC 5923 section 8. */
final class ProvedFlowsTest {
    private static final String PEER = "192.0.2.1";
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.9", 5061);
    private static final InetSocketAddress SERVER = at(5061);

    private final Set<Flow> alive = new HashSet<>();
    private final ProvedFlows flows = new ProvedFlows(alive::contains);

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(PEER, port);
    }

    private Flow flow(long connection, String... domains) {
        Flow flow = new Flow(Transport.TLS, HERE, at(40_000), connection, null, new Proof(Set.of(domains), true));
        alive.add(flow);
        return flow;
    }

    @Test
    void whoProvedOnlyItsAddressIsForgottenWhenItsConnectionCloses() {
        Flow flow = flow(1);
        flows.opened(SERVER, flow);
        assertThat(flows.find(SERVER, PEER)).contains(flow);
        flows.remove(flow);
        assertThat(flows.find(SERVER, PEER)).isEmpty();
        assertThat(flows.addresses()).isZero();
    }

    @Test
    void aConnectionThatIsGoneIsNotUsedAndNotTakenUp() {
        Flow flow = flow(1, "a.test");
        flows.opened(SERVER, flow);
        alive.clear();
        assertThat(flows.find(SERVER, "a.test")).isEmpty();
        flows.remove(flow);
        flows.alias(SERVER, flow);
        assertThat(flows.addresses()).isZero();
    }

    @Test
    void ofAllAliasesOfAConnectionTheLastCounts() {
        Flow flow = flow(1, "a.test");
        for (int port = 1; port < 5_000; port++) {
            flows.alias(at(port), flow);
        }
        assertThat(flows.addresses()).isEqualTo(1);
        assertThat(flows.find(at(4_998), "a.test")).isEmpty();
        assertThat(flows.find(at(4_999), "a.test")).contains(flow);
        flows.remove(flow);
        assertThat(flows.addresses()).isZero();
    }

    @Test
    void aConnectionOfOurOwnLeadsWhereItWasOpenedTo() {
        Flow flow = flow(1, "a.test");
        flows.opened(SERVER, flow);
        flows.alias(at(7), flow);
        assertThat(flows.find(SERVER, "a.test")).contains(flow);
        assertThat(flows.find(at(7), "a.test")).isEmpty();
    }

    @Test
    void whoIsStillThereIsFoundWhenAnotherCloses() {
        Flow one = flow(1, "a.test");
        Flow other = flow(2, "a.test");
        flows.alias(SERVER, one);
        flows.alias(SERVER, other);
        flows.remove(other);
        assertThat(flows.find(SERVER, "a.test")).contains(one);
    }
}
