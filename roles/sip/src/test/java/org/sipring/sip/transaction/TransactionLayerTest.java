package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/** How messages find their transaction and their loop: RFC 3261 section 17. */
final class TransactionLayerTest {
    private final Scene scene = new Scene(3, 4);

    /** RFC 3261 section 17.1.3. */
    @Test
    void aResponseFindsItsTransactionFromAnyLoop() {
        scene.layers.get(2).send(Scene.outgoing("OPTIONS"), Scene.UDP, "", scene.heard);
        scene.arrives(0, Scene.UDP, Scene.response(scene.lastSent(), 200));
        assertThat(scene.heard.statuses).isEmpty();
        scene.pass(Duration.ZERO);
        assertThat(scene.heard.statuses).containsExactly(200);
    }

    /** RFC 3261 section 17.1.3. */
    @Test
    void aResponseWithAnInventedBranchIsDropped() {
        scene.sends("OPTIONS", Scene.UDP);
        String genuine = Scene.response(scene.lastSent(), 200);
        scene.arrives(Scene.UDP, genuine.replace("z9hG4bKs0.1.", "z9hG4bKs0.2."));
        scene.arrives(Scene.UDP, genuine.replace("z9hG4bKs0.", "z9hG4bKszz."));
        scene.arrives(Scene.UDP, genuine.replace("z9hG4bKs0.", "z9hG4bKs"));
        scene.arrives(Scene.UDP, genuine.replace("z9hG4bKs0.", "z9hG4bKs-1."));
        scene.pass(Duration.ZERO);
        assertThat(scene.heard.statuses).isEmpty();
    }

    /** RFC 3261 section 17.1.3. */
    @Test
    void aResponseOfAnotherMethodIsDropped() {
        scene.sends("OPTIONS", Scene.UDP);
        scene.arrives(Scene.UDP, Scene.response(scene.lastSent(), 200).replace("1 OPTIONS", "1 MESSAGE"));
        assertThat(scene.heard.statuses).isEmpty();
    }

    @Test
    void whatCameOverALinkThatClosesIsGivenUpEachByItself() {
        Flow link = new Flow(Transport.NODE, Scene.HERE, Scene.PHONE, 9, new NodeId("n2"));
        scene.arrives(link, Scene.request("INVITE", "z9hG4bK1"));
        scene.arrives(link, Scene.request("INVITE", "z9hG4bK2"));
        scene.requests.get(0).onCancel(() -> {
            throw new IllegalStateException("a bug");
        });
        scene.receivers.get(0).closed(link);

        assertThatThrownBy(() -> scene.pass(Duration.ZERO)).hasMessage("a bug");
        scene.pass(Duration.ZERO);
        assertThat(scene.cancelled).containsExactly(scene.requests.get(1));
    }

    /** RFC 3261 section 9.2. */
    @Test
    void aCancelFindsItsInviteInAnotherLoop() {
        scene.arrives(1, Scene.UDP, Scene.request("INVITE", "z9hG4bK1"));
        scene.arrives(2, Scene.UDP, Scene.request("CANCEL", "z9hG4bK1"));
        scene.pass(Duration.ZERO);
        assertThat(scene.cancelled).containsExactly(scene.requests.get(0));
        assertThat(scene.lastSent().status()).isEqualTo(200);
        assertThat(scene.lastSent().method()).isEqualTo("CANCEL");
    }

    /** RFC 3261 section 9.2. */
    @Test
    void aCancelWithoutInviteIsAnswered481() {
        scene.arrives(1, Scene.UDP, Scene.request("CANCEL", "z9hG4bK1"));
        scene.pass(Duration.ZERO);
        assertThat(scene.lastSent().status()).isEqualTo(481);
        assertThat(scene.cancelled).isEmpty();
    }

    /** RFC 3261 section 9.2. */
    @Test
    void aCancelAfterTheFinalResponseChangesNothing() {
        scene.arrives(0, Scene.UDP, Scene.request("INVITE", "z9hG4bK1"));
        scene.requests.get(0).respond(486, "Busy Here");
        scene.arrives(0, Scene.UDP, Scene.request("CANCEL", "z9hG4bK1"));
        assertThat(scene.lastSent().status()).isEqualTo(200);
        assertThat(scene.cancelled).isEmpty();
    }

    /** RFC 3261 section 17.2.3. */
    @Test
    void requestsOfRfc2543AreMatchedWithoutABranch() {
        String via = "Via: SIP/2.0/UDP 192.0.2.9:5070";
        String invite = Scene.request("INVITE", via, "sip:bob@sipring.test");
        scene.arrives(0, Scene.UDP, invite);
        scene.arrives(0, Scene.UDP, invite);
        assertThat(scene.requests).hasSize(1);
        scene.requests.get(0).respond(486, "Busy Here");
        scene.arrives(
                0,
                Scene.UDP,
                Scene.request("ACK", via, "sip:bob@sipring.test")
                        .replace("bob@sipring.test>", "bob@sipring.test>;tag=x"));
        assertThat(scene.acks).isEmpty();
        scene.arrives(0, Scene.UDP, invite.replace("CSeq: 1", "CSeq: 2"));
        assertThat(scene.requests).hasSize(2);
    }

    /** RFC 3261 section 17.2.3. */
    @Test
    void aSecondSenderWithTheSameBranchIsAnotherTransaction() {
        scene.arrives(0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK1"));
        scene.arrives(0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK1").replace("UDP 192.0.2.9", "UDP 192.0.2.8"));
        assertThat(scene.requests).hasSize(2);
    }

    /** RFC 3261 section 21.5.4. */
    @Test
    void tooManyTransactionsAreRefusedWithoutKeepingAnything() {
        for (int i = 0; i < 6; i++) {
            scene.arrives(0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK" + i));
        }
        assertThat(scene.requests).hasSize(4);
        assertThat(scene.stack.size()).isEqualTo(4);
        assertThat(scene.lastSent().status()).isEqualTo(503);
        assertThat(scene.lastSent().header("Retry-After")).isPresent();
    }

    @Test
    void aCrowdedLoopForgetsFinishedTransactionsSooner() {
        for (int i = 0; i < 4; i++) {
            scene.arrives(0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK" + i));
            scene.requests.get(i).respond(200, "OK");
        }
        scene.passMillis(5_000);
        assertThat(scene.stack.size()).isEqualTo(2);
        scene.passMillis(27_000);
        assertThat(scene.stack.size()).isZero();
    }

    /** RFC 3261 section 21.5.1. */
    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS"})
    void aRequestThatBreaksWhatWorksOnItIsAnswered500AndLeavesNothing(String method) {
        for (Throwable bug : new Throwable[] {new IllegalStateException("bug"), new StackOverflowError()}) {
            scene.onRequest = transaction ->
                    scene.layers.get(0).hear(CompletableFuture.completedFuture(bug), this::thrown, () -> {});
            assertThatThrownBy(() -> scene.arrives(0, Scene.UDP, Scene.request(method, "z9hG4bK1")))
                    .as("whoever delivers it reports it")
                    .isSameAs(bug);
            assertThat(scene.lastSent().status()).isEqualTo(500);
            assertThat(scene.stack.size()).isZero();
        }
    }

    private void thrown(Throwable bug) {
        if (bug instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) bug;
    }

    @Test
    void whatBreaksAfterTheAnswerChangesNothing() {
        scene.onRequest = transaction -> {
            transaction.respond(486);
            throw new IllegalStateException("bug");
        };
        assertThatThrownBy(() -> scene.arrives(0, Scene.UDP, Scene.request("INVITE", "z9hG4bK1")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(scene.lastSent().status()).isEqualTo(486);
        assertThat(scene.stack.size()).isEqualTo(1);
    }

    @Test
    void theHeapDecidesHowManyTransactionsThereMayBe() {
        assertThat(StackSettings.forHeap(128L << 20, 2).most()).isBetween(10_000, 20_000);
        assertThat(StackSettings.forHeap(1L << 30, 2).most()).isBetween(100_000, 200_000);
        assertThat(StackSettings.forHeap(1, 64).most()).isEqualTo(1_000);
    }

    /** RFC 3261 sections 8.2.7 and 21.4.1. */
    @Test
    void aMalformedRequestIsRefusedWithoutKeepingAnything() {
        scene.arrives(
                0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK1").replace("Max-Forwards: 70", "Max-Forwards: x"));
        assertThat(scene.lastSent().status()).isEqualTo(400);
        assertThat(scene.stack.size()).isZero();
    }

    /** RFC 3261 section 18.2.2. */
    @Test
    void responsesGoToTheSourceAddressAndThePortOfTheVia() {
        Flow elsewhere = Flow.udp(Scene.HERE, new InetSocketAddress("203.0.113.7", 40_000));
        scene.arrives(0, elsewhere, Scene.request("OPTIONS", "z9hG4bK1"));
        scene.requests.get(0).respond(200, "OK");
        assertThat(scene.sentTo.get(0).remote()).isEqualTo(new InetSocketAddress("203.0.113.7", 5070));
        assertThat(scene.lastSent().topVia().params().value("received")).contains("203.0.113.7");
    }

    /** RFC 3261 section 18.2.2. */
    @Test
    void noConnectionIsOpenedForAResponseToUdpNorForOneThatIsTooLong() {
        scene.arrives(0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK1"));
        scene.arrives(0, Scene.UDP, Scene.request("OPTIONS", "z9hG4bK2"));
        scene.arrives(0, Scene.TCP, Scene.request("OPTIONS", "z9hG4bK3"));
        respondLong(scene.requests.get(0));
        respondLong(scene.requests.get(2));
        scene.connected = false;
        scene.requests.get(1).respond(200);
        assertThat(scene.dialled).isZero();
        assertThat(scene.sent).isEmpty();
    }

    private static void respondLong(ServerTransaction transaction) {
        byte[] body = new byte[SipMessage.MOST_BYTES];
        transaction.respond(transaction.response(200).edit().body(body).build());
    }

    /** RFC 3581 section 4. */
    @Test
    void withRportResponsesGoToTheSourcePort() {
        Flow elsewhere = Flow.udp(Scene.HERE, new InetSocketAddress("203.0.113.7", 40_000));
        scene.arrives(0, elsewhere, Scene.request("OPTIONS", "z9hG4bK1;rport"));
        scene.requests.get(0).respond(200, "OK");
        assertThat(scene.sentTo.get(0)).isEqualTo(elsewhere);
        assertThat(scene.lastSent().topVia().params().value("rport")).contains("40000");
    }

    /** RFC 3261 section 18.1.1. */
    @Test
    void ourViaNamesWhereWeListen() {
        scene.layers.get(0).send(Scene.outgoing("OPTIONS"), Scene.UDP, "mark", scene.heard);
        SipMessage sent = scene.lastSent();
        assertThat(sent.topVia().sentBy()).isEqualTo("192.0.2.1:5060");
        assertThat(sent.topVia().transport()).isEqualTo("UDP");
        assertThat(Branch.mark(sent.topVia().branch().orElseThrow())).isEqualTo("mark");
    }
}
