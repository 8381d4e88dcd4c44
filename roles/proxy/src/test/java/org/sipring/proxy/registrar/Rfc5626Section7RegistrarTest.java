package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 5626 section 7: a binding whose flow is lost is forgotten, and no other. */
final class Rfc5626Section7RegistrarTest {
    private static final String URI = "sip:alice@10.0.0.7:5060";
    private static final String CONTACT = "Contact: <" + URI + ">;+sip.instance=\"<urn:uuid:1>\";reg-id=";
    private static final String SUPPORTED = "Supported: path, outbound";

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);
    private final LostFlows lost = new LostFlows(RegistrarSettings.DEFAULT, table);

    private static FlowRef connection(long number) {
        return new FlowRef(Phone.N1, 7, Transport.TLS, Phone.remote("192.0.2.1"), number);
    }

    private void send(long connection, SipMessage request) {
        SipMessage answer = registrar
                .register(request, connection(connection), Phone.AOR)
                .toCompletableFuture()
                .join();
        assertThat(answer.status()).isEqualTo(200);
    }

    private void lose(long connection) {
        lost.forget(Phone.AOR, connection(connection), URI);
    }

    private List<Long> live() {
        return bindings().live(ticker.now()).stream()
                .map(binding -> binding.origin().flow().connection())
                .sorted()
                .toList();
    }

    private Bindings bindings() {
        return time.until(table.get(Phone.AOR)).orElse(Bindings.NONE);
    }

    @Test
    void theBindingOfTheFlowIsForgottenAndThoseOfOthersStay() {
        send(1, register("a", 1, CONTACT + 1, SUPPORTED));
        send(2, register("b", 1, CONTACT + 2, SUPPORTED));
        lose(1);
        assertThat(live()).containsExactly(2L);
    }

    @Test
    void aBindingThatWasRegisteredAnewOverAnotherFlowStays() {
        send(1, register("a", 1, CONTACT + 1, SUPPORTED));
        send(3, register("a", 2, CONTACT + 1, SUPPORTED));
        lose(1);
        assertThat(live()).containsExactly(3L);
    }

    @Test
    void aFlowOfAnotherLifeOfTheNodeIsAnother() {
        send(1, register("a", 1, CONTACT + 1, SUPPORTED));
        lost.forget(
                Phone.AOR, new FlowRef(Phone.N1, 8, Transport.TLS, connection(1).remote(), 1), URI);
        assertThat(live()).containsExactly(1L);
    }

    @Test
    void anotherContactOfTheFlowStays() {
        send(1, register("a", 1, "Contact: <sip:alice@10.0.0.7:5070>"));
        send(1, register("b", 1, "Contact: <" + URI + '>'));
        lose(1);
        assertThat(bindings().live(ticker.now()))
                .extracting(Binding::contact)
                .containsExactly("sip:alice@10.0.0.7:5070");
    }

    @Test
    void aContactIsKnownByWhatIsCalled() {
        send(1, register("a", 1, "Contact: <" + URI + ";method=INVITE?Subject=none>"));
        lose(1);
        assertThat(live()).isEmpty();
    }

    @Test
    void aSipsContactIsKnownByItsSipForm() {
        SipMessage request = register("a", 1, "Contact: <" + URI.replace("sip:", "sips:") + '>');
        send(1, request.edit().requestUri("sips:sipring.test").build());
        lose(1);
        assertThat(live()).isEmpty();
    }

    @Test
    void thePhoneMayRegisterAgainByItsNextCSeq() {
        send(1, register("a", 1, CONTACT + 1, SUPPORTED));
        lose(1);
        send(2, register("a", 2, CONTACT + 1, SUPPORTED));
        assertThat(live()).containsExactly(2L);
    }

    @Test
    void theEndIsRememberedForAsLongAsABindingCanLast() {
        send(1, register("a", 1, CONTACT + 1, SUPPORTED, "Expires: 60"));
        lose(1);
        time.advance(RegistrarSettings.DEFAULT.maximum().minusSeconds(1));
        assertThat(bindings().all()).extracting(Binding::removed).containsExactly(true);
        time.advance(Duration.ofSeconds(2));
        assertThat(bindings().all()).isEmpty();
    }

    @Test
    void whoHasNothingRegisteredLosesNothing() {
        lose(1);
        assertThat(time.until(table.get(Phone.AOR))).isEmpty();
    }

    @Test
    void theTableIsToldOnceHoweverManyCallsFindItOut() {
        Counted counted = new Counted();
        LostFlows told = new LostFlows(RegistrarSettings.DEFAULT, counted);
        for (int i = 0; i < 10; i++) {
            told.forget(Phone.AOR, connection(1), URI);
            told.forget("bob@sipring.test", connection(1), URI);
        }
        assertThat(counted.keys).containsExactly(Phone.AOR, "bob@sipring.test");
    }

    /** Counts its changes, and makes none. */
    private static final class Counted implements Table<Bindings> {
        private final List<String> keys = new ArrayList<>();

        @Override
        public CompletionStage<Optional<Bindings>> get(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Outcome<byte[]>> update(String key, String rule, byte[] argument, String requestId) {
            keys.add(key);
            return CompletableFuture.completedFuture(new Outcome.Unknown<>("made by the test"));
        }

        @Override
        public boolean safe() {
            return true;
        }

        @Override
        public Held<Bindings> held() {
            throw new UnsupportedOperationException();
        }
    }
}
