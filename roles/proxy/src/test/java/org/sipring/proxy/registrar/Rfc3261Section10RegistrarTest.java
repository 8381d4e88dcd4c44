package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.api.NodeId;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 3261 section 10: registrations. */
class Rfc3261Section10RegistrarTest {
    private static final String HERE = "Contact: <sip:alice@192.0.2.1:5062>";
    private static final String THERE = "Contact: <sip:alice@192.0.2.1:5070>";

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);
    // The account's own limit.
    private OptionalInt most = OptionalInt.empty();

    private SipMessage send(SipMessage request) {
        return send(request, Phone.FLOW);
    }

    private SipMessage send(SipMessage request, FlowRef flow) {
        CompletionStage<SipMessage> answer = registrar.register(request, flow, Phone.AOR, most);
        return answer.toCompletableFuture().join();
    }

    private List<Binding> live() {
        return time.until(table.get(Phone.AOR)).orElse(Bindings.NONE).live(ticker.now());
    }

    @Test
    void bindsAContactAndShowsAllContactsWithTheirExpiriesAndTheDate() {
        send(register("a", 1, HERE, "Expires: 600"));
        SipMessage answer = send(register("b", 1, THERE + ";q=0.5;expires=1000"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Contact"))
                .containsExactly(
                        "<sip:alice@192.0.2.1:5062>;expires=600", "<sip:alice@192.0.2.1:5070>;q=0.5;expires=1000");
        assertThat(answer.header("Date")).contains("Thu, 01 Jan 2026 00:00:00 GMT");
        assertThat(answer.toTag()).isPresent();
    }

    @Test
    void keepsWhoHoldsTheFlowToThePhone() {
        send(register("a", 1, HERE, "User-Agent: baresip v1.0.0"));
        Binding binding = live().get(0);
        assertThat(binding.origin().flow()).isEqualTo(Phone.FLOW);
        assertThat(binding.origin().userAgent()).isEqualTo("baresip v1.0.0");
        assertThat(binding.callId()).isEqualTo("a");
    }

    @Test
    void showsTheContactsToWhoOnlyAsks() {
        send(register("a", 1, HERE, "Expires: 600"));
        time.advance(Duration.ofSeconds(100));
        SipMessage answer = send(register("b", 1));
        assertThat(answer.headers("Contact")).containsExactly("<sip:alice@192.0.2.1:5062>;expires=500");
    }

    @Test
    void letsABindingExpire() {
        send(register("a", 1, HERE, "Expires: 600"));
        time.advance(Duration.ofMinutes(10));
        assertThat(live()).isEmpty();
        assertThat(send(register("b", 1)).headers("Contact")).isEmpty();
    }

    @Test
    void refreshesABindingWithAHigherCSeq() {
        send(register("a", 1, HERE, "Expires: 600"));
        time.advance(Duration.ofSeconds(500));
        assertThat(send(register("a", 2, HERE, "Expires: 600")).headers("Contact"))
                .containsExactly("<sip:alice@192.0.2.1:5062>;expires=600");
    }

    @Test
    void comparesContactsAsUrisNotAsText() {
        send(register("a", 1, HERE));
        send(register("a", 2, "Contact: \"A\" <sip:%61lice@192.0.2.1:5062;x=1>"));
        assertThat(live()).hasSize(1).first().extracting(Binding::contact).isEqualTo("sip:%61lice@192.0.2.1:5062;x=1");
    }

    @Test
    void aPhoneThatStartedAgainReplacesItsBindingWithAnyCSeq() {
        send(register("a", 70, HERE));
        assertThat(send(register("b", 1, HERE)).status()).isEqualTo(200);
        assertThat(live()).hasSize(1);
    }

    @Test
    void abortsAnUpdateThatIsOutOfOrderAsAWhole() {
        send(register("a", 5, HERE));
        assertThat(send(register("a", 4, THERE, HERE)).status()).isEqualTo(500);
        assertThat(send(register("a", 4, "Contact: *", "Expires: 0")).status()).isEqualTo(500);
        assertThat(live()).hasSize(1);
    }

    @Test
    void removesABindingWithExpiresZero() {
        send(register("a", 1, HERE, THERE));
        assertThat(send(register("a", 2, HERE + ";expires=0")).headers("Contact"))
                .containsExactly("<sip:alice@192.0.2.1:5070>;expires=3600");
    }

    @Test
    void aLateRegisterDoesNotBringARemovedBindingBack() {
        send(register("a", 2, HERE));
        send(register("a", 3, HERE, "Expires: 0"));
        assertThat(send(register("a", 1, HERE)).status()).isEqualTo(500);
        assertThat(live()).isEmpty();
    }

    @Test
    void removesAllBindingsWithAStar() {
        send(register("a", 1, HERE, THERE));
        SipMessage answer = send(register("b", 1, "Contact: *", "Expires: 0"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("Contact")).isEmpty();
        assertThat(send(register("c", 1, HERE)).headers("Contact")).hasSize(1);
    }

    @Test
    void refusesAStarWithoutExpiresZeroOrWithOtherContacts() {
        assertThat(send(register("a", 1, "Contact: *")).status()).isEqualTo(400);
        assertThat(send(register("a", 2, "Contact: *", "Expires: 10")).status()).isEqualTo(400);
        assertThat(send(register("a", 3, "Contact: *", HERE, "Expires: 0")).status())
                .isEqualTo(400);
    }

    @Test
    void refusesAnExpiryTooBriefAndSaysWhichIsNot() {
        SipMessage answer = send(register("a", 1, HERE, THERE + ";expires=59"));
        assertThat(answer.status()).isEqualTo(423);
        assertThat(answer.header("Min-Expires")).contains("60");
        assertThat(live()).isEmpty();
    }

    @Test
    void cutsAnExpiryTooLong() {
        assertThat(send(register("a", 1, HERE, "Expires: 99999999999")).headers("Contact"))
                .containsExactly("<sip:alice@192.0.2.1:5062>;expires=7200");
    }

    @Test
    void grantsDifferentExpiriesToPhonesThatRegisterTogetherAndNeverTooBriefOnes() {
        RegistrarSettings usual = RegistrarSettings.DEFAULT;
        RegistrarSettings spread = new RegistrarSettings(
                usual.minimum(), usual.usual(), usual.maximum(), usual.natted(), usual.contacts(), 10);
        Registrar spreading = Phone.registrar(spread, table, ticker);
        Set<Integer> granted = new TreeSet<>();
        for (int cseq = 1; cseq <= 200; cseq++) {
            SipMessage answer = spreading
                    .register(
                            register("a", cseq, HERE, "Expires: " + (cseq % 2 == 0 ? 3600 : 60)), Phone.FLOW, Phone.AOR)
                    .toCompletableFuture()
                    .join();
            String contact = answer.header("Contact").orElseThrow();
            granted.add(Integer.parseInt(contact.substring(contact.indexOf("expires=") + "expires=".length())));
        }
        assertThat(granted).allMatch(seconds -> seconds == 60 || (seconds > 3240 && seconds <= 3600));
        assertThat(granted).hasSizeGreaterThan(50);
    }

    @Test
    void keepsAPhoneBehindANatRefreshing() {
        String inside = "Contact: <sip:alice@10.0.0.7:5062>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"";
        assertThat(send(register("a", 1, inside)).header("Contact").orElseThrow())
                .endsWith("expires=120");
        assertThat(send(register("a", 2, inside, "Supported: path, outbound"))
                        .header("Contact")
                        .orElseThrow())
                .endsWith("expires=3600");
    }

    @ParameterizedTest
    @CsvSource({"[2001:db8::7]:5062, 3600", "[2001:DB8:0:0::7], 3600", "[2001:db8::8]:5062, 120"})
    void knowsAnIpv6PhoneInFrontOfNoNatHoweverItWritesItsAddress(String host, String expires) {
        SipMessage request = register("a", 1, "Contact: <sip:alice@" + host + ">");
        FlowRef flow = new FlowRef(Phone.N1, 7, Transport.UDP, Phone.remote("2001:db8::7"), 0);
        SipMessage answer = registrar
                .register(request, flow, Phone.AOR)
                .toCompletableFuture()
                .join();
        assertThat(answer.header("Contact").orElseThrow()).endsWith("expires=" + expires);
    }

    @Test
    void replacesTheFlowOfTheSameInstanceAndRegId() {
        String rest = ";reg-id=1;+sip.instance=\"<urn:uuid:1>\"";
        send(register("a", 1, "Contact: <sip:alice@10.0.0.7:5062>" + rest, "Supported: outbound"));
        send(register("b", 1, "Contact: <sip:alice@10.0.0.9:5999>" + rest, "Supported: outbound"));
        assertThat(live()).hasSize(1);
        assertThat(live().get(0).instance()).contains("<urn:uuid:1>");
        assertThat(live().get(0).regId()).hasValue(1);
    }

    @Test
    void boundsTheBindingsOfAnAccount() {
        for (int i = 0; i < 10; i++) {
            assertThat(send(register("a" + i, 1, "Contact: <sip:a" + i + "@192.0.2.1>"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(send(register("b", 1, HERE)).status()).isEqualTo(403);
        assertThat(send(register("b", 2, "Contact: <sip:a1@192.0.2.1>")).status())
                .isEqualTo(200);
        assertThat(live()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "11, 10"})
    void boundsTheBindingsOfAnAccountByItsOwnLimitWhereThatIsLess(int own, int bound) {
        most = OptionalInt.of(own);
        for (int i = 0; i < bound; i++) {
            send(register("a" + i, 1, "Contact: <sip:a" + i + "@192.0.2.1>"));
        }
        SipMessage refusal = send(register("b", 1, HERE));
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.reason()).isEqualTo("Too Many Contacts");
        assertThat(live()).hasSize(bound);
    }

    /** RFC 3261 section 10.3 step 6: also where the limit has become less, nobody is kept from leaving. */
    @Test
    void whoHasMoreThanItMayHaveByNowRemovesAndDoesNotRefresh() {
        send(register("a", 1, HERE));
        send(register("b", 1, THERE));
        most = OptionalInt.of(1);
        assertThat(send(register("a", 2, HERE)).status()).isEqualTo(403);
        assertThat(send(register("b", 2, THERE, "Expires: 0")).status()).isEqualTo(200);
        assertThat(send(register("a", 3, HERE)).status()).isEqualTo(200);
    }

    @Test
    void boundsTheMemoryOfRemovedBindings() {
        for (int i = 0; i < 100; i++) {
            send(register("a" + i, 1, "Contact: <sip:a" + i + "@192.0.2.1>"));
            send(register("a" + i, 2, "Contact: <sip:a" + i + "@192.0.2.1>", "Expires: 0"));
        }
        assertThat(time.until(table.get(Phone.AOR)).orElseThrow().all()).hasSize(RegisterRule.MOST_REMOVED);
    }

    @Test
    void forgetsEverythingInTime() {
        send(register("a", 1, HERE));
        send(register("a", 2, "Contact: *", "Expires: 0"));
        time.advance(RegistrarSettings.DEFAULT.maximum());
        assertThat(time.until(table.get(Phone.AOR))).isEmpty();
    }

    @Test
    void keepsAContactOfAnotherScheme() {
        SipMessage answer = send(register("a", 1, HERE, "Contact: <mailto:alice@example.org>"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(String.join(",", answer.headers("Contact"))).contains("<mailto:alice@example.org>;expires=");

        send(register("a", 2, "Contact: <mailto:alice@example.org>;expires=0"));
        assertThat(live()).hasSize(1);
    }

    @Test
    void refusesAContactThatIsNoUri() {
        assertThat(send(register("a", 1, "Contact: <sip:>")).status()).isEqualTo(400);
        assertThat(send(register("a", 2, "Contact: <alice>")).status()).isEqualTo(400);
        assertThat(send(register("a", 3, "Contact: sip:a@h?x=y")).status()).isEqualTo(400);
    }

    /** RFC 3261 section 10.3 step 2 and RFC 3327 section 5.3. */
    @Test
    void refusesAnExtensionThatItDoesNotKnow() {
        SipMessage answer = send(register("a", 1, HERE, "Require: path, siesta"));
        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("siesta");
    }

    /** RFC 3327 section 5.3. */
    @Test
    void keepsAPathAndRepeatsIt() {
        SipMessage answer = send(register("a", 1, HERE, "Path: <sip:p1;lr>, <sip:p2;lr>", "Supported: path"));
        assertThat(answer.headers("Path")).containsExactly("<sip:p1;lr>", "<sip:p2;lr>");
        assertThat(live().get(0).origin().path()).containsExactly("<sip:p1;lr>", "<sip:p2;lr>");
    }

    @Test
    void prefersTheGreaterQThenTheNewer() {
        send(register("a", 1, HERE + ";q=0.1"));
        send(register("b", 1, THERE));
        send(register("c", 1, "Contact: <sip:c@192.0.2.1>"));
        assertThat(live().stream().map(Binding::callId)).containsExactly("c", "b", "a");
    }

    @Test
    void answers503WhereTheChangeIsUncertain() {
        table.fail(SimTable.Fault.UNANSWERED);
        SipMessage answer = send(register("a", 1, HERE));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(send(register("a", 2)).status()).isEqualTo(503);
    }

    @Test
    void aRetransmissionThatReachesAnotherNodeGetsTheFirstAnswer() {
        SipMessage request = register("a", 1, HERE);
        send(request);
        SipMessage again = send(request, Phone.flow(new NodeId("n2")));
        assertThat(again.status()).isEqualTo(200);
        assertThat(live().get(0).origin().flow().node()).isEqualTo(Phone.N1);
    }
}
