package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.Outcome;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** What nodes remember from before all of them ended comes back, unless the table knows better. */
final class RestoreRuleTest {
    private static final String HERE = "Contact: <sip:alice@192.0.2.1:5062>";
    private static final String THERE = "Contact: <sip:alice@192.0.2.1:5070>";

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);
    private int restored;

    private void send(SipMessage request) {
        SipMessage answer = registrar
                .register(request, Phone.FLOW, Phone.AOR)
                .toCompletableFuture()
                .join();
        assertThat(answer.status()).isEqualTo(200);
        time.advance(Duration.ofSeconds(1));
    }

    /** What a node's disk says of the table as it is now. */
    private byte[] remembered() {
        return BindingsTable.spec()
                .codec()
                .encode(time.until(table.get(Phone.AOR)).orElse(Bindings.NONE));
    }

    private void allNodesEnd() {
        table.lose();
    }

    private void restore(byte[] remembered) {
        Outcome<byte[]> outcome =
                time.until(BindingsTable.restore(table, Phone.AOR, remembered, "restore " + restored++));
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    }

    private List<String> live() {
        return time.until(table.get(Phone.AOR)).orElse(Bindings.NONE).live(ticker.now()).stream()
                .map(Binding::contact)
                .sorted()
                .toList();
    }

    @Test
    void whatTheTableDoesNotKnowComesBackUntilItWouldHaveExpired() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        time.advance(Duration.ofMinutes(5));
        restore(remembered);

        assertThat(live()).containsExactly("sip:alice@192.0.2.1:5062");
        time.advance(Duration.ofSeconds(298));
        assertThat(live()).hasSize(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(live()).isEmpty();
    }

    @Test
    void whatHasExpiredIsLeftOut() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        time.advance(Duration.ofMinutes(10));
        restore(remembered);

        assertThat(time.until(table.get(Phone.AOR))).isEmpty();
    }

    @Test
    void whatWasRemovedBeforeDoesNotComeBackFromAnOlderMemory() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] older = remembered();
        send(register("a", 2, HERE, "Expires: 0"));
        byte[] newer = remembered();
        allNodesEnd();
        restore(newer);
        restore(older);
        assertThat(live()).isEmpty();

        allNodesEnd();
        restore(older);
        restore(newer);
        assertThat(live()).isEmpty();
    }

    @Test
    void whatIsRemovedAfterItCameBackStaysRemovedWhenAnotherNodeBringsIt() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        restore(remembered);
        send(register("a", 2, HERE, "Expires: 0"));
        restore(remembered);

        assertThat(live()).isEmpty();
    }

    @Test
    void whatIsRemovedBeforeAnybodyKnowsOfItStaysRemoved() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        send(register("b", 1, HERE, "Expires: 0"));
        restore(remembered);

        assertThat(live()).isEmpty();
    }

    @Test
    void aStarBeforeAnybodyKnowsOfThemRemovesAll() {
        send(register("a", 1, HERE, "Expires: 600"));
        send(register("b", 1, THERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        send(register("c", 1, "Contact: *", "Expires: 0"));
        restore(remembered);

        assertThat(live()).isEmpty();
    }

    @Test
    void whatHasBeenRegisteredAnewIsNotReplaced() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        send(register("b", 1, HERE + ";q=0.3", "Expires: 100"));
        restore(remembered);

        assertThat(live()).hasSize(1);
        time.advance(Duration.ofSeconds(100));
        assertThat(live()).isEmpty();
    }

    @Test
    void theSameContactInOtherWordsDoesNotComeBackBesideTheNewOne() {
        send(register("a", 1, "Contact: <sip:alice@192.0.2.1:5062;transport=udp>", "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        send(register("b", 1, "Contact: <sip:alice@192.0.2.1:5062;transport=UDP>", "Expires: 600"));
        restore(remembered);

        assertThat(live()).containsExactly("sip:alice@192.0.2.1:5062;transport=UDP");
    }

    @Test
    void anotherPhoneOfTheUserComesBackBesideTheOneThatIsThere() {
        send(register("a", 1, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        send(register("b", 1, THERE, "Expires: 600"));
        restore(remembered);

        assertThat(live()).hasSize(2);
    }

    @Test
    void aRefreshIsStillInOrderAfterARestoration() {
        send(register("a", 5, HERE, "Expires: 600"));
        byte[] remembered = remembered();
        allNodesEnd();
        restore(remembered);
        SipMessage late = registrar
                .register(register("a", 4, HERE, "Expires: 600"), Phone.FLOW, Phone.AOR)
                .toCompletableFuture()
                .join();

        assertThat(late.status()).isEqualTo(500);
        send(register("a", 6, HERE, "Expires: 600"));
        assertThat(live()).hasSize(1);
    }
}
