package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 8599 section 8: what a phone writes into its contact for a push service is kept. */
final class Rfc8599Section8RegistrarTest {
    private static final String URI =
            "sip:alice@10.0.0.7:5060;pn-provider=acme;pn-param=acme-param;pn-prid=ZTY4ZDJlMzODE1NmUgKi0K";

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);

    @Test
    void pushParametersAreGivenBackAndWrittenIntoTheRequestUri() {
        SipMessage answer = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker)
                .register(Phone.register("a", 1, "Contact: <" + URI + ">"), Phone.FLOW, Phone.AOR)
                .toCompletableFuture()
                .join();
        assertThat(answer.headers("Contact").get(0)).startsWith('<' + URI + '>');
        Binding kept = time.until(table.get(Phone.AOR)).orElseThrow().all().get(0);
        assertThat(kept.uri().map(SipUri::forRequest)).hasToString("Optional[" + URI + ']');
    }
}
