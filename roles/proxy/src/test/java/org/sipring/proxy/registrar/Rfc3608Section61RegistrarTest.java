package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 3608 section 6.1: which way a phone's requests are to take. */
final class Rfc3608Section61RegistrarTest {
    private static final String CONTACT = "Contact: <sip:alice@192.0.2.1:5062>";

    private final SimTicker ticker = new SimTime().ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);

    private SipMessage send(EdgeNames.Style style, Transport transport, SipMessage request) {
        FlowRef flow = new FlowRef(Phone.N1, 7, transport, new InetSocketAddress("192.0.2.1", 5062), 3);
        return Phone.registrar(RegistrarSettings.DEFAULT, table, ticker, style)
                .register(request, flow, Phone.AOR)
                .toCompletableFuture()
                .join();
    }

    @ParameterizedTest
    @CsvSource({"UDP, udp", "TCP, tcp"})
    void anyNodeWillDoByTheTransportThatThePhoneRegisteredBy(Transport transport, String parameter) {
        assertThat(send(EdgeNames.Style.NAME, transport, Phone.register("a", 1, CONTACT))
                        .headers("Service-Route"))
                .containsExactly("<sip:sipring.test;transport=" + parameter + ";lr>");
    }

    @Test
    void itIsToldToWhoOnlyAsks() {
        assertThat(send(EdgeNames.Style.NAME, Transport.UDP, Phone.register("a", 1))
                        .headers("Service-Route"))
                .hasSize(1);
    }

    @Test
    void noRefusalHoldsIt() {
        SipMessage refusal = send(EdgeNames.Style.NAME, Transport.UDP, Phone.register("a", 1, CONTACT + ";expires=1"));
        assertThat(refusal.status()).isEqualTo(423);
        assertThat(refusal.headers("Service-Route")).isEmpty();
    }

    @Test
    void phonesThatCannotAskThePlatformsDnsAreToldNone() {
        assertThat(send(EdgeNames.Style.ADDRESS, Transport.UDP, Phone.register("a", 1, CONTACT))
                        .headers("Service-Route"))
                .isEmpty();
    }
}
