package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.CallRules;

/** What a forwarded call tells of its way: RFC 7044 sections 9 and 10.4, and the causes of RFC 4458 section 2. */
final class Rfc7044ForwardingTest extends CallRulesWorld {
    private static final String TO_CAROL = "<sip:carol@sipring.test;cause=%d>;index=%s;mp=1";

    private static String contact(Phone phone, String rest) {
        return '<' + phone.contact() + rest;
    }

    private static String because(String address, int cause) {
        return "<sip:" + address + "?Reason=SIP%3Bcause%3D" + cause + ">;index=1";
    }

    @Test
    void whoIsCalledInsteadSeesWhoForwardedAndWhy() {
        wishes(bob, always(CAROL));
        calls();
        assertThat(carol.last().headers(HISTORY))
                .containsExactly(
                        because("bob@sipring.test", 302),
                        TO_CAROL.formatted(302, "1.1"),
                        contact(carol, ">;index=1.1.1;rc=1.1"));
    }

    @Test
    void whoDoesNotWantToBeDisturbedIsBusy() {
        world.rules(bob, new CallRules(busy(CAROL), true, List.of()));
        calls();
        assertThat(carol.last().headers(HISTORY))
                .containsExactly(
                        because("bob@sipring.test", 486),
                        TO_CAROL.formatted(486, "1.1"),
                        contact(carol, ">;index=1.1.1;rc=1.1"));
    }

    @Test
    void whereAPhoneWasBusyItsOwnEntrySaysWhy() {
        wishes(bob, busy(CAROL));
        calls();
        answers(bob, 486);
        assertThat(carol.last().headers(HISTORY))
                .containsExactly(
                        "<sip:bob@sipring.test>;index=1",
                        contact(bob, "?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1"),
                        TO_CAROL.formatted(486, "1.2"),
                        contact(carol, ">;index=1.2.1;rc=1.2"));
    }

    @Test
    void whoRangUntilPatienceWasOutCountsAsSilent() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        assertThat(carol.last().headers(HISTORY))
                .containsExactly(
                        "<sip:bob@sipring.test>;index=1",
                        contact(bob, "?Reason=SIP%3Bcause%3D408>;index=1.1;rc=1"),
                        TO_CAROL.formatted(408, "1.2"),
                        contact(carol, ">;index=1.2.1;rc=1.2"));
    }

    @Test
    void whereThereIsNoPhoneTheCauseIsThatNobodyIsThere() {
        wishes(bob, unregistered(CAROL));
        leaves(bob);
        calls();
        assertThat(carol.last().headers(HISTORY))
                .startsWith(because("bob@sipring.test", 404), TO_CAROL.formatted(404, "1.1"));
    }

    @Test
    void aChainOfForwardsIsToldStepByStep() {
        wishes(bob, always(CAROL));
        wishes(carol, always("sip:dave@sipring.test"));
        calls();
        assertThat(dave.last().headers(HISTORY))
                .containsExactly(
                        because("bob@sipring.test", 302),
                        "<sip:carol@sipring.test;cause=302?Reason=SIP%3Bcause%3D302>;index=1.1;mp=1",
                        "<sip:dave@sipring.test;cause=302>;index=1.1.1;mp=1.1",
                        contact(dave, ">;index=1.1.1.1;rc=1.1.1"));
    }

    /** RFC 7044 section 10.1. */
    @Test
    void whoWantsPrivacyIsNotShownToWhoIsCalledInstead() {
        wishes(bob, always(CAROL));
        calls("Privacy", "history");
        assertThat(carol.last().headers(HISTORY))
                .containsExactly(
                        "<sip:anonymous@anonymous.invalid>;index=1",
                        "<sip:anonymous@anonymous.invalid>;index=1.1;mp=1",
                        contact(carol, ">;index=1.1.1;rc=1.1"));
    }

    /** Where users forward their calls is theirs. */
    @Test
    void theCallerIsNotToldWhereItsCallWasForwarded() {
        wishes(bob, busy(CAROL));
        calls("Supported", "histinfo");
        answers(bob, 486);
        answers(carol, 200);
        assertThat(alice.last().status()).isEqualTo(200);
        assertThat(alice.last().headers(HISTORY))
                .containsExactly(
                        "<sip:bob@sipring.test>;index=1",
                        contact(bob, "?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1"),
                        "<sip:anonymous@anonymous.invalid>;index=1.2;mp=1",
                        "<sip:anonymous@anonymous.invalid>;index=1.2.1;rc=1.2");
    }

    @Test
    void aTrunkThatMayKnowIsToldWhoForwarded() {
        wishes(bob, always("tel:+31-20-123"));
        calls();
        assertThat(carrier.last().headers(HISTORY))
                .containsExactly(
                        because("bob@sipring.test", 302),
                        "<sip:+3120123@sipring.test;cause=302>;index=1.1;mp=1",
                        "<sip:+3120123@198.51.100.1:5070;cause=302>;index=1.1.1;rc=1.1");
    }
}
