package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 5630 section 5.2: SIPS contacts. */
final class Rfc5630Section52RegistrarTest {
    private static final String SECURE = "Contact: <sips:alice@10.0.0.7:5061>";

    private final SimTicker ticker = new SimTime().ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);

    private int status(SipMessage request) {
        return registrar
                .register(request, Phone.FLOW, Phone.AOR)
                .toCompletableFuture()
                .join()
                .status();
    }

    private static SipMessage secure(SipMessage request) {
        return request.edit().requestUri("sips:sipring.test").build();
    }

    @Test
    void aSipsContactNeedsASipsRequestUri() {
        assertThat(status(register("a", 1, SECURE))).isEqualTo(400);
        assertThat(status(secure(register("a", 2, SECURE)))).isEqualTo(200);
    }

    @Test
    void noOtherContactAndNoHopMayBeASipUri() {
        assertThat(status(secure(register("a", 1, SECURE, "Contact: <sip:alice@10.0.0.8>"))))
                .isEqualTo(400);
        assertThat(status(secure(register("a", 2, SECURE, "Path: <sip:edge.example.com;lr>"))))
                .isEqualTo(400);
        assertThat(status(secure(register("a", 3, SECURE, "Path: <sips:edge.example.com;lr>"))))
                .isEqualTo(200);
    }
}
