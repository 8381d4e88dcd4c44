package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestClient;

/** RFC 3325 section 5: which of its addresses a user calls by. */
final class Rfc3325Section5AuthenticatorTest {
    private static final String ALICE = "alice@sipring.test";

    private final Caller caller = new Caller(AuthSettings.usual("sipring.test"));
    private final DigestClient alice = caller.client("alice", "secret");

    private Verdict calls(SipMessage request) {
        return caller.judge(Caller.with(request, alice.answer(caller.challenge(DigestAlgorithm.MD5), request)));
    }

    private static Verdict admitted(String identity) {
        return new Verdict.Admitted(ALICE, Optional.of(identity));
    }

    @ParameterizedTest
    @CsvSource({
        "sip:alice@sipring.test, alice@sipring.test",
        "sip:+4930123@sipring.test, +4930123@sipring.test",
        "sip:anonymous@anonymous.invalid, alice@sipring.test"
    })
    void fromIsAnAddressOfTheUserOrNobodys(String from, String identity) {
        assertThat(calls(Caller.message(from))).isEqualTo(admitted(identity));
    }

    @ParameterizedTest
    @CsvSource({
        "sip:bob@sipring.test",
        "sip:bob@sipring.test.",
        "sip:bob@SIPRING.TEST.",
        "sip:bob@192.0.2.1",
        "sip:x@pbx.sipring.test",
        "sip:x@pbx.sipring.test.",
        "tel:+4930123",
        "sip:anonymous@sipring.test"
    })
    void aFromOfSomebodyElseIsRefused(String from) {
        Verdict verdict = calls(Caller.message(from, "P-Preferred-Identity", "<sip:alice@sipring.test>"));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(
                        refused.response().status())
                .isEqualTo(403));
    }

    /** RFC 3325 section 9.2: it is the preference that must be the user's. */
    @Test
    void aPreferenceForAnAddressOfTheUserLetsItShowAnAddressOfOtherDomains() {
        String from = "sip:boss@elsewhere.test";
        assertThat(calls(Caller.message(from, "P-Preferred-Identity", "<sip:+4930123@sipring.test>")))
                .isEqualTo(admitted("+4930123@sipring.test"));
        for (String preferred : new String[] {"<sip:bob@sipring.test>", "<sip:boss@elsewhere.test>", "<tel:1>"}) {
            assertThat(calls(Caller.message(from, "P-Preferred-Identity", preferred)))
                    .as(preferred)
                    .isInstanceOf(Verdict.Refused.class);
        }
        assertThat(calls(Caller.message(from))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void theUserMayPreferAnotherOfItsAddresses() {
        String from = "sip:anonymous@anonymous.invalid";
        String number = "<sip:+4930123@sipring.test>";
        assertThat(calls(Caller.message(from, "P-Preferred-Identity", number)))
                .isEqualTo(admitted("+4930123@sipring.test"));
        assertThat(calls(Caller.message("sip:" + ALICE, "P-Preferred-Identity", "\"A\" " + number)))
                .isEqualTo(admitted("+4930123@sipring.test"));
    }

    @Test
    void aPreferenceForSomebodyElsesAddressCountsForNothing() {
        assertThat(calls(Caller.message("sip:" + ALICE, "P-Preferred-Identity", "<sip:bob@sipring.test>")))
                .isEqualTo(admitted(ALICE));
    }

    /** RFC 3261 section 10.3 step 4. */
    @Test
    void aUserRegistersForItsAlias() {
        SipMessage request = SipMessage.request("REGISTER", "sip:sipring.test")
                .add("Via", "SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1")
                .add("From", "<sip:+4930123@sipring.test>;tag=1")
                .add("To", "<sip:+4930123@sipring.test>")
                .add("Call-ID", "c")
                .add("CSeq", "1 REGISTER")
                .build();
        String credentials =
                alice.answer(caller.challenge(DigestAlgorithm.MD5), request).toString();
        SipMessage proved = request.edit().add("Authorization", credentials).build();
        assertThat(caller.platform.time.until(caller.authenticator.judgeRegister(proved, Platform.PHONE)))
                .isEqualTo(admitted("+4930123@sipring.test"));
    }
}
