package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 5626 section 4.4: how often a phone is to show that its flow is alive. */
final class Rfc5626Section44FlowTimerTest {
    private static final String PHONE = "Contact: <sip:alice@10.0.0.7:5060>;+sip.instance=\"<urn:uuid:1>\";reg-id=1";
    private static final String SUPPORTED = "Supported: path, outbound";

    private final SimTicker ticker = new SimTime().ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);

    private SipMessage send(Transport transport, SipMessage request) {
        FlowRef flow = new FlowRef(Phone.N1, 7, transport, new InetSocketAddress("192.0.2.1", 5062), 3);
        return registrar
                .register(request, flow, Phone.AOR)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aPhoneThatKeepsItsConnectionIsTold() {
        assertThat(send(Transport.TCP, register("a", 1, PHONE, SUPPORTED)).header("Flow-Timer"))
                .contains("120");
    }

    @Test
    void overUdpAPhoneKeepsToTheShorterIntervalThatItsNatNeeds() {
        assertThat(send(Transport.UDP, register("a", 1, PHONE, SUPPORTED)).header("Flow-Timer"))
                .isEmpty();
    }

    @Test
    void whoDoesNotAskForOutboundIsToldNothing() {
        assertThat(send(Transport.TCP, register("a", 1, PHONE)).header("Flow-Timer"))
                .isEmpty();
    }

    @Test
    void theFlowOfAPhoneBehindAnotherProxyIsThatProxysMatter() {
        SipMessage request = register("a", 1, PHONE, SUPPORTED, "Path: <sip:token@edge.example.com;lr;ob>");
        SipMessage answer = send(Transport.TCP, request);
        assertThat(answer.headers("Require")).containsExactly("outbound");
        assertThat(answer.header("Flow-Timer")).isEmpty();
    }
}
