package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.keys.Key;
import org.sipring.proxy.keys.Keys;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 5627 section 5: GRUUs, what a registrar makes of them and how long they are good. */
final class Rfc5627Section5RegistrarTest {
    private static final String DESK = "Contact: <sip:alice@10.0.0.7:5060>;+sip.instance=\"<urn:uuid:Desk-1>\"";
    private static final String MOBILE = "Contact: <sip:alice@10.0.0.8:5060>;+sip.instance=\"<urn:uuid:mobile>\"";
    private static final String SUPPORTED = "Supported: gruu, outbound, path";
    private static final String OPEN = "sip:alice@sipring.test;gr=urn:uuid:Desk-1";

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimTable<Bindings> table = new SimTable<>(BindingsTable.spec(), ticker, Phone.N1);
    private final Registrar registrar = Phone.registrar(RegistrarSettings.DEFAULT, table, ticker);
    private final Gruus gruus = new Gruus(Phone.KEYS, new SimChance(3));

    private SipMessage send(SipMessage request) {
        return registrar
                .register(request, Phone.FLOW, Phone.AOR)
                .toCompletableFuture()
                .join();
    }

    private static NameAddr contact(SipMessage answer, int number) {
        return answer.contacts().orElseThrow().get(number);
    }

    private static SipUri temporary(SipMessage answer) {
        return contact(answer, 0)
                .params()
                .value("temp-gruu")
                .flatMap(SipUri::parse)
                .orElseThrow();
    }

    /** What a GRUU leads to now; empty for none that is good. */
    private Optional<List<String>> reached(SipUri gruu) {
        List<Binding> live =
                time.until(table.get(Phone.AOR)).orElse(Bindings.NONE).live(ticker.now());
        return gruus.read(gruu.aor(), gruu.params().value("gr").orElse(""))
                .filter(found -> found.aor().equals(Phone.AOR))
                .flatMap(found -> found.among(live))
                .map(bindings ->
                        bindings.stream().map(Binding::contact).sorted().toList());
    }

    @Test
    void section52BothGruusAreShownAsQuotedStrings() {
        SipMessage answer = send(register("a", 1, DESK, SUPPORTED));
        assertThat(answer.headers("Contact").get(0))
                .contains(
                        "+sip.instance=\"<urn:uuid:Desk-1>\"", ";pub-gruu=\"" + OPEN + "\"", ";temp-gruu=\"sip:tgruu.")
                .endsWith("@sipring.test;gr\"");
    }

    @Test
    void section52NobodyIsToldUnasked() {
        assertThat(send(register("a", 1, DESK)).toString()).doesNotContain("gruu");
        assertThat(send(register("b", 1, "Contact: <sip:alice@10.0.0.9>", SUPPORTED))
                        .headers("Contact"))
                .filteredOn(contact -> contact.contains("10.0.0.9"))
                .noneMatch(contact -> contact.contains("gruu"));
    }

    @Test
    void section52AnotherPhoneOfTheUserIsToldOnlyWhatAnybodyCanKnow() {
        send(register("a", 1, DESK, SUPPORTED));
        SipMessage answer = send(register("b", 1, MOBILE, SUPPORTED));
        assertThat(contact(answer, 0).params().has("temp-gruu")).isTrue();
        assertThat(contact(answer, 1).params().value("pub-gruu")).contains(OPEN);
        assertThat(contact(answer, 1).params().has("temp-gruu")).isFalse();
    }

    @Test
    void section51WhoRequiresItIsUnderstood() {
        assertThat(send(register("a", 1, DESK, SUPPORTED, "Require: gruu")).status())
                .isEqualTo(200);
    }

    @Test
    void section51AContactThatIsAGruuOfTheUserLeadsNowhere() {
        assertThat(send(register("a", 1, "Contact: <" + OPEN + ">")).status()).isEqualTo(403);
        assertThat(send(register("b", 1, "Contact: <sip:alice@gruu.example.com;gr=1>"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void section54APublicGruuIsTheSameAtAllTimesAndLeadsToAllFlowsOfThePhone() {
        send(register("a", 1, DESK + ";reg-id=1", SUPPORTED));
        send(register("b", 1, DESK.replace("10.0.0.7", "10.0.0.17") + ";reg-id=2", SUPPORTED));
        send(register("c", 1, MOBILE, SUPPORTED));
        assertThat(reached(SipUri.parse(OPEN).orElseThrow()))
                .contains(List.of("sip:alice@10.0.0.17:5060", "sip:alice@10.0.0.7:5060"));
        // RFC 3261 section 19.1.4.
        assertThat(reached(SipUri.parse(OPEN.replace("Desk", "dESK")).orElseThrow()))
                .hasValueSatisfying(contacts -> assertThat(contacts).hasSize(2));
        send(register("d", 1, "Contact: *", "Expires: 0"));
        assertThat(reached(SipUri.parse(OPEN).orElseThrow())).contains(List.of());
    }

    @Test
    void section54AnInstanceThatIsNoPlainUrnIsEscaped() {
        SipUri gruu = gruus.open(Phone.AOR, "<urn:x:a;b=\"c\">");
        assertThat(gruu).hasToString("sip:alice@sipring.test;gr=urn:x:a%3Bb%3D%22c%22");
        assertThat(SipUri.parse(gruu.toString()).orElseThrow().params().value("gr"))
                .contains("urn:x:a;b=\"c\"");
    }

    @Test
    void section54ATemporaryGruuTellsNobodyWhoseItIsAndIsAnotherEachTime() {
        SipUri first = temporary(send(register("a", 1, DESK, SUPPORTED)));
        SipUri second = temporary(send(register("a", 2, DESK, SUPPORTED)));
        assertThat(first).isNotEqualTo(second);
        byte[] opaque = Base64.getUrlDecoder()
                .decode(first.user().substring("tgruu.".length()).replace('.', 'C'));
        assertThat(new String(opaque, StandardCharsets.ISO_8859_1)).doesNotContain("alice", "Desk", "sipring");
        assertThat(reached(first)).contains(List.of("sip:alice@10.0.0.7:5060"));
        assertThat(reached(second)).isEqualTo(reached(first));
    }

    @Test
    void section51ATemporaryGruuEndsWhenThePhoneRegistersAnew() {
        SipUri old = temporary(send(register("a", 1, DESK, SUPPORTED)));
        send(register("a", 2, DESK, SUPPORTED));
        assertThat(reached(old)).isPresent();
        send(register("other", 1, DESK, SUPPORTED));
        assertThat(reached(old)).isEmpty();
    }

    @Test
    void section53ATemporaryGruuEndsWithItsRegistration() {
        SipUri gruu = temporary(send(register("a", 1, DESK, SUPPORTED)));
        send(register("b", 1, MOBILE, SUPPORTED));
        send(register("a", 2, DESK + ";expires=0", SUPPORTED));
        assertThat(reached(gruu)).isEmpty();
    }

    @Test
    void section54NobodyElseWritesATemporaryGruu() {
        Keys foreign = new Keys() {
            @Override
            public Key newest() {
                return new Key(Phone.KEYS.newest().id(), 0, new byte[] {1});
            }

            @Override
            public Optional<Key> find(int id) {
                return Optional.of(newest());
            }
        };
        SipUri forged = new Gruus(foreign, new SimChance(4)).temporary(Phone.AOR, "<urn:uuid:Desk-1>", "a");
        send(register("a", 1, DESK, SUPPORTED));
        assertThat(reached(forged)).isEmpty();
        for (String user : List.of("tgruu.", "tgruu.AA", "tgruu.!", "alice", "tgruu." + "A".repeat(700))) {
            assertThat(gruus.read(user + "@sipring.test", "")).as(user).isEmpty();
        }
    }
}
