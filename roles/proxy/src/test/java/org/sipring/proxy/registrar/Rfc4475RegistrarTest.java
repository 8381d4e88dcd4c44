package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.registrar.Phone.register;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** RFC 4475 and RFC 5118, in messages of our own: what the registrar makes of the REGISTER requests. */
final class Rfc4475RegistrarTest {
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

    private List<Binding> bound(String contact) {
        assertThat(send(register("a", 1, "Contact: " + contact)).status()).isEqualTo(200);
        return time.until(table.get(Phone.AOR)).orElseThrow().live(ticker.now());
    }

    /** RFC 4475 section 3.1.1.4. */
    @Test
    void contactsOfOneAndOfTwoNullsAreTwo() {
        assertThat(bound("<sip:%00@192.0.2.5>, <sip:%00%00@192.0.2.5>"))
                .extracting(Binding::contact)
                .containsExactlyInAnyOrder("sip:%00@192.0.2.5", "sip:%00%00@192.0.2.5");
    }

    /** RFC 4475 section 3.1.2.4, where CSeq and Max-Forwards are sound. */
    @Test
    void anExpiryThatIsTooLargeIsTheLongest() {
        SipMessage answer = send(register("a", 1, "Contact: <sip:alice@192.0.2.1>;expires=98765432109876543210"));
        assertThat(answer.header("Contact")).contains("<sip:alice@192.0.2.1>;expires=7200");
    }

    /** RFC 4475 section 3.1.2.12: a Date that cannot be read is none. */
    @Test
    void aMalformedDateHarmsNoRegistration() {
        assertThat(send(register("a", 1, "Date: Thu, 01 Jan 2026 09:30:00 CET")).status())
                .isEqualTo(200);
    }

    /** RFC 4475 section 3.1.2.13. */
    @Test
    void aContactThatNeedsBracketsIsAnswered400() {
        SipMessage answer = send(register("a", 1, "Contact: sip:alice@192.0.2.1?Route=%3Csip%3Aevil.test%3E"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(time.until(table.get(Phone.AOR))).isEmpty();
    }

    /** RFC 4475 section 3.3.5. */
    @Test
    void unknownExtensionsAreAnswered420AndNamed() {
        SipMessage answer = send(register("a", 1, "Require: levitation, path", "Require: telepathy"));
        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("levitation", "telepathy");
    }

    /** RFC 4475 sections 3.3.12 and 3.3.13: without brackets a parameter is the header's. */
    @ParameterizedTest
    @CsvSource({
        "sip:+31205550100@192.0.2.1;colour=blue, sip:+31205550100@192.0.2.1, ;colour=blue",
        "<sip:+31205550100@192.0.2.1;colour=blue>, sip:+31205550100@192.0.2.1;colour=blue, ''"
    })
    void aParameterBelongsToTheContactOrToItsUri(String contact, String uri, String params) {
        Binding binding = bound(contact).get(0);
        assertThat(binding.contact()).isEqualTo(uri);
        assertThat(binding.params()).isEqualTo(params);
        assertThat(send(register("b", 1)).headers("Contact"))
                .containsExactly('<' + uri + '>' + params + ";expires=3600");
    }

    /** RFC 4475 section 3.3.14 and RFC 3261 section 16.6 step 2. */
    @Test
    void anEscapedHeaderIsKeptInTheContactAndSentToNobody() {
        String contact = "sip:alice@192.0.2.1?Route=%3Csip%3Aevil.test%3E";
        Binding binding = bound('<' + contact + '>').get(0);
        assertThat(binding.contact()).isEqualTo(contact);
        assertThat(send(register("b", 1)).header("Contact")).contains('<' + contact + ">;expires=3600");
        assertThat(binding.uri().map(SipUri::forRequest))
                .contains(SipUri.parse("sip:alice@192.0.2.1").orElseThrow());
    }

    /** RFC 5118 section 4.1. */
    @Test
    void aContactMayBeAtAnIpv6Address() {
        assertThat(bound("\"Alice\" <sip:alice@[2001:db8::5]>"))
                .extracting(Binding::contact)
                .containsExactly("sip:alice@[2001:db8::5]");
    }
}
