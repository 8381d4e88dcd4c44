package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 5626 section 6: phones that keep several flows. */
final class Rfc5626Section6RegistrarTest {
    private static final String PHONE = "Contact: <sip:alice@10.0.0.7:5060>;+sip.instance=\"<urn:uuid:1>\"";
    private static final String SUPPORTED = "Supported: path, outbound";

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);

    private SipMessage send(SipMessage request) {
        return registrar
                .register(request, Phone.FLOW, Phone.AOR)
                .toCompletableFuture()
                .join();
    }

    private List<Binding> live() {
        return time.until(table.get(Phone.AOR)).orElse(Bindings.NONE).live(ticker.now());
    }

    @Test
    void eachFlowIsABindingAndThePhoneIsToldThatItIsCalledOverIt() {
        SipMessage answer = send(register("a", 1, PHONE + ";reg-id=1", SUPPORTED, "Expires: 3600"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Require")).containsExactly("outbound");
        // No pings by registering: the phone keeps its NAT awake itself.
        assertThat(answer.headers("Contact").get(0)).endsWith(";expires=3600");

        send(register("b", 1, PHONE + ";reg-id=2", SUPPORTED));
        assertThat(live()).hasSize(2);
        send(register("c", 1, PHONE.replace("10.0.0.7", "10.0.0.8") + ";reg-id=2", SUPPORTED));
        assertThat(live())
                .extracting(Binding::contact)
                .containsExactlyInAnyOrder("sip:alice@10.0.0.7:5060", "sip:alice@10.0.0.8:5060");
    }

    @Test
    void aRegIdAloneSaysNothing() {
        SipMessage answer = send(register("a", 1, PHONE + ";reg-id=1"));
        assertThat(answer.headers("Require")).isEmpty();
        assertThat(answer.headers("Contact").get(0)).doesNotContain("reg-id");
        assertThat(live().get(0).regId()).isEmpty();
        assertThat(send(register("b", 1, "Contact: <sip:alice@10.0.0.9>;reg-id=1", SUPPORTED))
                        .headers("Require"))
                .isEmpty();
        assertThat(send(register("c", 1, PHONE + ";reg-id=0", SUPPORTED)).headers("Require"))
                .isEmpty();
    }

    @Test
    void aFirstHopThatKeepsNoFlowIsRefused() {
        SipMessage behind =
                register("a", 1, "Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bKphone", PHONE + ";reg-id=1", SUPPORTED);
        assertThat(send(behind).status()).isEqualTo(439);
        SipMessage path = register("b", 1, "Path: <sip:edge.example.com;lr>", PHONE + ";reg-id=1", SUPPORTED);
        assertThat(send(path).status()).isEqualTo(439);
        assertThat(live()).isEmpty();
    }

    @Test
    void aFirstHopThatSaysItKeepsTheFlowIsBelieved() {
        SipMessage request = register(
                "a",
                1,
                "Path: <sip:core.example.com;lr>, <sip:token@edge.example.com;lr;ob>",
                PHONE + ";reg-id=1",
                SUPPORTED);
        assertThat(send(request).headers("Require")).containsExactly("outbound");
    }

    @Test
    void aFlowHasOneContact() {
        SipMessage request = register("a", 1, PHONE + ";reg-id=1", "Contact: <sip:alice@10.0.0.8>", SUPPORTED);
        assertThat(send(request).status()).isEqualTo(400);
        assertThat(live()).isEmpty();
    }

    @Test
    void whoRequiresItIsUnderstood() {
        assertThat(send(register("a", 1, PHONE + ";reg-id=1", SUPPORTED, "Require: outbound"))
                        .status())
                .isEqualTo(200);
    }
}
