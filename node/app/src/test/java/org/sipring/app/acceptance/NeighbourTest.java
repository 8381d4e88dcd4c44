package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A neighbour's domain, served by Kamailio and found in BIND's zones, and ours, served by one node. The phones are baresip's:
 * alice is ours, carol the neighbour's.
 */
@Tag("acceptance")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NeighbourTest {
    private static final String CUSTOMER = Neighbourhood.CUSTOMER;
    private static final String OTHER_CUSTOMER = Neighbourhood.OTHER_CUSTOMER;
    private static final String ANSWERS = ";answermode=auto";

    private final Neighbourhood all;

    NeighbourTest(@TempDir Path dir) throws IOException {
        all = new Neighbourhood(dir);
    }

    @AfterAll
    void stop() {
        all.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aUserOfOursCallsTheNeighboursAndEitherHangsUp(String ends) {
        try (Baresip carol = all.carol("neighbour.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = all.alice("", "/dial sip:carol@neighbour.test")) {
                talkAndEnd(alice, carol, ends.equals("alice") ? alice : carol);
                assertThat(alice.said()).contains("SIP/2.0 407 Proxy Authentication Required");
                assertThat(alice.edges()).containsExactly("n1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aUserOfTheNeighboursCallsOursAndEitherHangsUp(String ends) {
        try (Baresip alice = all.alice(ANSWERS)) {
            alice.says("200 OK");
            try (Baresip carol = all.carol("neighbour.test", "", "/dial sip:" + Users.name(0) + "@sipring.test")) {
                talkAndEnd(carol, alice, ends.equals("alice") ? alice : carol);
                assertThat(carol.said()).doesNotContain("SIP/2.0 407");
                assertThat(carol.edges()).containsExactly("n1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aDomainThatSpeaksTlsProvesWhoItIsAndEitherHangsUp(String ends) {
        try (Baresip carol = all.carol("secure.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = all.alice("", "/dial sip:carol@secure.test")) {
                talkAndEnd(alice, carol, ends.equals("alice") ? alice : carol);
                assertThat(carol.said()).contains("Via: SIP/2.0/TLS 127.0.0.11:5061");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "carol"})
    void aTrunkProvesWhoItIsByItsCertificateAndEitherHangsUp(String ends) {
        try (Baresip alice = all.alice(ANSWERS)) {
            alice.says("200 OK");
            String dial = "/dial sip:" + Users.name(0) + "@sipring.test;transport=tls";
            try (Baresip carol = all.carol("secure.test", "", dial)) {
                talkAndEnd(carol, alice, ends.equals("alice") ? alice : carol);
                assertThat(alice.said()).contains("Via: SIP/2.0/TLS 127.0.0.41:5061");
            }
        }
    }

    @Test
    void whoDoesNotProveItIsNotTheTrunk() {
        try (Baresip carol =
                all.carol("secure.test", "", "/dial sip:" + Users.name(0) + "@sipring.test;transport=tcp")) {
            carol.says("SIP/2.0 407 ");
        }
    }

    @Test
    void aServerWithTheCertificateOfAnotherDomainIsRefused() {
        try (Baresip alice = all.alice("", "/dial sip:carol@wrong.test")) {
            alice.says("SIP/2.0 502 Bad Gateway");
        }
        assertThat(all.log())
                .contains(
                        "TLS with wrong.test at ",
                        "refused: its certificate is that of secure.test, not of wrong.test");
    }

    @Test
    void usersOfTwoHostedDomainsCallEachOther() {
        try (Baresip callee = all.ours(CUSTOMER, "hosted", ANSWERS)) {
            callee.says("200 OK");
            String dial = "/dial sip:" + Users.name(0) + '@' + CUSTOMER;
            try (Baresip caller = all.ours(OTHER_CUSTOMER, "hosted-too", "", dial)) {
                talkAndEnd(caller, callee, caller);
                assertThat(callee.said())
                        .contains("P-Asserted-Identity: <sip:" + Users.name(0) + '@' + OTHER_CUSTOMER + '>');
            }
        }
    }

    @Test
    void aUserOfOneHostedDomainIsNoneOfAnother() {
        try (Baresip thief = all.ours(OTHER_CUSTOMER, "hosted", "")) {
            // The challenge is repeated; baresip gives up.
            thief.says("realm=\"" + OTHER_CUSTOMER);
            thief.says("401 Unauthorized");
        }
    }

    @Test
    void aNeighbourFindsAHostedDomainByItsOwnZone() {
        try (Baresip callee = all.ours(CUSTOMER, "hosted", ANSWERS)) {
            callee.says("200 OK");
            try (Baresip carol = all.carol("neighbour.test", "", "/dial sip:" + Users.name(0) + '@' + CUSTOMER)) {
                talkAndEnd(carol, callee, callee);
            }
        }
    }

    @Test
    void theNextServerIsCalledWhereTheFirstIsSilent() {
        try (Baresip carol = all.carol("neighbour.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = all.alice("", "/dial sip:carol@failing.test")) {
                talkAndEnd(alice, carol, alice);
            }
        }
    }

    @Test
    void nobodyIsCalledWhoIsNotThereOrNotListed() {
        try (Baresip alice = all.alice("", "/dial sip:dave@neighbour.test")) {
            alice.says("SIP/2.0 404 ");
        }
        try (Baresip alice = all.alice("", "/dial sip:dave@nowhere.test")) {
            // Its name server refuses to tell.
            alice.says("SIP/2.0 504 ");
        }
        try (Baresip alice = all.alice("", "/dial sip:dave@elsewhere.test")) {
            alice.says("SIP/2.0 403 No Relay To Other Domains");
        }
    }

    private static void talkAndEnd(Baresip caller, Baresip callee, Baresip ends) {
        caller.says("Call established");
        callee.says("Call established");
        assertThat(callee.said()).contains("\nACK sip:");
        ends.close();
        (ends.equals(caller) ? callee : caller).says("session closed");
    }
}
