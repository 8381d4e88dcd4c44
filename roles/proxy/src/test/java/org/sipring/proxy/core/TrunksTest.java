package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Peers that are known by their addresses: what users dial through them, and whom they call. */
final class TrunksTest {
    private static final String NUMBER = "+31201234567";
    private static final Trunk CARRIER = new Trunk(
            "carrier",
            Peers.of(List.of("198.51.100.0/28")),
            Optional.of("carrier.example"),
            Set.of(Transport.UDP, Transport.TLS),
            SipUri.parse("sip:198.51.100.1:5070").orElseThrow(),
            Pattern.compile("[+][0-9]{3,15}"),
            Set.of("Diversion"));

    private final World world = new World(
            EdgeNames.Style.NAME,
            1,
            new ForeignPolicy(Peers.NOBODY, Peers.of(List.of("example.com")), List.of(CARRIER)));
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone carrier = world.udp("carrier", "198.51.100.1");
    private final Phone stranger = world.udp("stranger", "203.0.113.66");

    @BeforeEach
    void register() {
        world.register(alice, "n1");
    }

    private void send(Phone from, SipMessage request) {
        from.send(world.node("n1"), request);
        world.settle();
    }

    private static MessageBuilder invite(Phone from, String user) {
        return from.request("INVITE", "sip:" + user + "@sipring.test");
    }

    private static MessageBuilder proved(MessageBuilder request) {
        return request.add("Proxy-Authorization", "Digest username=\"x\", realm=\"sipring.test\"");
    }

    @Test
    void aNumberIsDialledThroughTheTrunkAndTheCallerIsAsserted() {
        send(
                alice,
                proved(invite(alice, NUMBER))
                        .add("P-Asserted-Identity", "<sip:boss@sipring.test>")
                        .build());
        SipMessage invite = carrier.last();
        assertThat(invite.requestUri()).isEqualTo("sip:" + NUMBER + "@198.51.100.1:5070");
        assertThat(invite.headers("P-Asserted-Identity")).containsExactly("<sip:alice@sipring.test>");
        carrier.answer(invite, 200);
        world.settle();
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(carrier.last().method()).isEqualTo("BYE");
        assertThat(carrier.last().header("P-Asserted-Identity")).isEmpty();
    }

    @Test
    void aUserOfOursIsCalledAndNotTheTrunk() {
        Phone number = world.udp(NUMBER, "192.0.2.9");
        world.register(number, "n1");
        send(alice, proved(invite(alice, NUMBER)).build());
        assertThat(number.last().method()).isEqualTo("INVITE");
        assertThat(carrier.heard).isEmpty();
    }

    @Test
    void whatIsNoNumberIsNotDialled() {
        send(alice, proved(invite(alice, "nobody")).build());
        assertThat(alice.last().status()).isEqualTo(404);
        assertThat(carrier.heard).isEmpty();
    }

    @Test
    void onlyProvedUsersDial() {
        send(alice, invite(alice, NUMBER).build());
        assertThat(alice.last().status()).isEqualTo(407);
        MessageBuilder foreign = invite(stranger, NUMBER).set("From", "<sip:x@example.com>;tag=x");
        send(stranger, foreign.build());
        assertThat(stranger.last().status()).isEqualTo(404);
        send(stranger, foreign.build().edit().set("Call-ID", "2").build());
        assertThat(carrier.heard).isEmpty();
    }

    @Test
    void theTrunkCallsUsersOfOursAndIsBelieved() {
        send(
                carrier,
                invite(carrier, "alice")
                        .set("From", "<sip:+442012345678@carrier.example>;tag=c")
                        .add("P-Asserted-Identity", "<sip:+442012345678@carrier.example>")
                        .build());
        SipMessage invite = alice.last();
        assertThat(invite.headers("P-Asserted-Identity")).containsExactly("<sip:+442012345678@carrier.example>");
        alice.answer(invite, 200);
        world.settle();
        send(alice, alice.back(invite, "BYE", 1));
        assertThat(carrier.last().method()).isEqualTo("BYE");
    }

    @Test
    void theTrunkDoesNotSpeakForUsersOfOurs() {
        send(
                carrier,
                invite(carrier, "alice")
                        .set("From", "<sip:+44@carrier.example>;tag=c")
                        .add("P-Asserted-Identity", "<sip:boss@sipring.test>")
                        .add("P-Asserted-Identity", "<tel:+44>")
                        .add("Remote-Party-ID", "<sip:boss@10.0.0.1>")
                        .build());
        assertThat(alice.last().headers("P-Asserted-Identity"))
                .as("what is no SIP URI names nobody of ours")
                .containsExactly("<tel:+44>");
        assertThat(alice.last().header("Remote-Party-ID")).isEmpty();
    }

    @Test
    void theTrunkNamesWhateverHostOfItsNetwork() {
        Phone media = world.udp("media", "198.51.100.200");
        SipMessage call = invite(carrier, "alice")
                .set("From", "<sip:x@carrier.example>;tag=c")
                .set("Contact", '<' + media.contact() + '>')
                .build();
        send(carrier, call);
        SipMessage invite = alice.last();
        alice.answer(invite, 200);
        world.settle();
        send(alice, alice.back(invite, "BYE", 1));
        assertThat(media.requests()).containsExactly("BYE");
    }

    @Test
    void theTrunkThatIsCalledNamesWhateverHostToo() {
        Phone media = world.udp("media", "203.0.113.200");
        send(alice, proved(invite(alice, NUMBER)).build());
        carrier.movesTo(media);
        carrier.answer(carrier.last(), 200);
        world.settle();
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(media.requests()).containsExactly("BYE");
    }

    @Test
    void theTrunkIsKnownByItsTransportsToo() {
        Phone other = world.tcp("other", "198.51.100.2");
        send(
                other,
                invite(other, "alice")
                        .set("From", "<sip:x@carrier.example>;tag=c")
                        .build());
        assertThat(other.last().status()).isEqualTo(407);
    }

    @Test
    void whoPaysAndWhoForwardedPassesOnlyWhereTheTrunkMay() {
        send(
                carrier,
                invite(carrier, "alice")
                        .set("From", "<sip:x@carrier.example>;tag=c")
                        .add("Diversion", "<sip:y@carrier.example>")
                        .add("History-Info", "<sip:y@carrier.example>;index=1")
                        .build());
        assertThat(alice.last().header("Diversion")).contains("<sip:y@carrier.example>");
        assertThat(alice.last().header("History-Info")).isEmpty();
    }

    @Test
    void theAnswersOfATrunkSayWhoForwardedOnlyWhereItMay() {
        send(alice, proved(invite(alice, NUMBER)).build());
        String vector = "icid-value=1";
        for (int status : new int[] {183, 200}) {
            carrier.answer(
                    carrier.heard.get(0),
                    status,
                    "P-Charging-Vector",
                    vector,
                    "Diversion",
                    "<sip:y@carrier.example>",
                    "P-Asserted-Identity",
                    "<sip:boss@sipring.test>");
            world.settle();
            assertThat(alice.last().status()).isEqualTo(status);
            assertThat(alice.last().header("Diversion")).contains("<sip:y@carrier.example>");
            assertThat(alice.last().header("P-Charging-Vector")).isEmpty();
            assertThat(alice.last().header("P-Asserted-Identity")).isEmpty();
        }
    }

    @Test
    void usersDoNotChooseWhoPays() {
        String boss = "<sip:boss@sipring.test>";
        send(
                alice,
                proved(invite(alice, NUMBER))
                        .add("P-Charge-Info", boss)
                        .add("Diversion", boss)
                        .build());
        assertThat(carrier.last().header("P-Charge-Info")).isEmpty();
        assertThat(carrier.last().header("Diversion")).isEmpty();
        carrier.answer(carrier.last(), 200);
        world.settle();
        SipMessage again = alice.within(alice.last(), "INVITE", 2);
        send(alice, again.edit().add("Diversion", boss).build());
        assertThat(carrier.last().header("CSeq")).contains("2 INVITE");
        assertThat(carrier.last().header("Diversion")).as("nor within a call").isEmpty();
        Phone bob = world.udp("bob", "192.0.2.9");
        world.register(bob, "n1");
        send(alice, proved(invite(alice, "bob")).add("P-Served-User", boss).build());
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertThat(bob.last().header("P-Served-User")).isEmpty();
    }

    @Test
    void aTrunkWithoutNumbersIsANeighbourWhoseUsersAreCalled() {
        Trunk neighbour = new Trunk(
                "neighbour",
                CARRIER.addresses(),
                CARRIER.domain(),
                CARRIER.transports(),
                CARRIER.server(),
                Pattern.compile(""),
                Set.of());
        World open = new World(
                EdgeNames.Style.NAME,
                1,
                new ForeignPolicy(Peers.of(List.of("198.51.100.1")), Peers.NOBODY, List.of(neighbour)));
        Phone caller = open.udp("alice", "192.0.2.1");
        Phone there = open.udp("carrier", "198.51.100.1");
        open.register(caller, "n1");
        String uri = "sip:carol@198.51.100.1:5070";
        caller.send(open.node("n1"), proved(caller.request("INVITE", uri)).build());
        open.settle();
        assertThat(there.last().requestUri()).isEqualTo(uri);
    }

    @Test
    void theTrunkIsReachedByItsNumbersOnly() {
        World open = new World(
                EdgeNames.Style.NAME,
                1,
                new ForeignPolicy(Peers.of(List.of("*", "198.51.100.0/24")), Peers.NOBODY, List.of(CARRIER)));
        Phone caller = open.udp("alice", "192.0.2.1");
        Phone sbc = open.udp("carrier", "198.51.100.1");
        open.register(caller, "n1");
        for (String host : List.of(
                "198.51.100.1:5070",
                "carrier.example",
                "carrier.example.",
                "elsewhere.test;maddr=198.51.100.1",
                "carrier.example;maddr=198.51.100.2")) {
            String uri = "sip:+1900@" + host;
            caller.send(
                    open.node("n1"),
                    proved(caller.request("INVITE", uri))
                            .set("Call-ID", host.replaceAll("[^a-z0-9]", "-"))
                            .build());
            open.settle();
            assertThat(caller.last().status()).as(uri).isEqualTo(403);
        }
        assertThat(sbc.heard).isEmpty();
    }

    private static Trunk dialled(String server, String... addresses) {
        return new Trunk(
                "dialled",
                Peers.of(List.of(addresses)),
                Optional.empty(),
                Set.of(Transport.UDP),
                SipUri.parse(server).orElseThrow(),
                CARRIER.numbers(),
                Set.of());
    }

    /** Who has a zone of its own can name the trunk's servers in it. */
    @ParameterizedTest
    @CsvSource({
        "sip:198.51.100.1:5070, 203.0.113.9",
        "sip:sbc.carrier.example:5070, 203.0.113.9",
        "sip:203.0.113.9, 198.51.100.0/28"
    })
    void noZoneOfOthersLeadsToTheTrunk(String server, String address) {
        World open = new World(
                EdgeNames.Style.NAME,
                1,
                new ForeignPolicy(Peers.of(List.of("*")), Peers.NOBODY, List.of(dialled(server, address))));
        Phone caller = open.udp("alice", "192.0.2.1");
        Phone sbc = open.udp("carrier", "198.51.100.1");
        Phone other = open.udp("other", "203.0.113.66");
        open.register(caller, "n1");
        open.others.host("sbc.carrier.example", sbc.address.getAddress());
        open.others.publish("_sip._udp.elsewhere.test", sbc.address);
        String uri = "sip:+1900@elsewhere.test";
        caller.send(open.node("n1"), proved(caller.request("INVITE", uri)).build());
        open.settle();
        assertThat(caller.last().status()).isEqualTo(403);
        open.others.publish("_sip._udp.mixed.test", sbc.address, other.address);
        caller.send(
                open.node("n1"),
                proved(caller.request("INVITE", "sip:+1900@mixed.test"))
                        .set("Call-ID", "2")
                        .build());
        open.settle();
        assertThat(other.requests()).containsExactly("INVITE");
        assertThat(sbc.heard).isEmpty();
    }

    @Test
    void whereNobodyTellsWhereTheTrunkIsOthersAreCalledAllTheSame() {
        World open = new World(
                EdgeNames.Style.NAME,
                1,
                new ForeignPolicy(
                        Peers.of(List.of("*")), Peers.NOBODY, List.of(dialled("sip:nowhere.carrier.example:5070"))));
        Phone caller = open.udp("alice", "192.0.2.1");
        Phone other = open.udp("other", "203.0.113.66");
        open.register(caller, "n1");
        open.others.publish("_sip._udp.elsewhere.test", other.address);
        caller.send(
                open.node("n1"),
                proved(caller.request("INVITE", "sip:x@elsewhere.test")).build());
        open.settle();
        assertThat(other.requests()).containsExactly("INVITE");
    }

    @Test
    void theTrunkReachesNobodyElse() {
        send(
                carrier,
                invite(carrier, NUMBER)
                        .set("From", "<sip:x@carrier.example>;tag=c")
                        .build());
        assertThat(carrier.last().status()).isEqualTo(404);
        send(
                carrier,
                carrier.request("INVITE", "sip:x@example.com")
                        .set("From", "<sip:x@carrier.example>;tag=c")
                        .set("Call-ID", "2")
                        .build());
        assertThat(carrier.last().status()).isEqualTo(403);
    }

    @Test
    void theTrunkIsNoUserOfOurs() {
        send(carrier, invite(carrier, "alice").build());
        assertThat(carrier.last().status()).isEqualTo(407);
    }

    @Test
    void whatIsTooLongForANumberIsMatchedWithNothing() {
        send(alice, proved(invite(alice, '+' + "1".repeat(14))).build());
        assertThat(carrier.last().method()).isEqualTo("INVITE");
        Trunk any = new Trunk(
                "any",
                Peers.NOBODY,
                Optional.empty(),
                Set.of(),
                CARRIER.server(),
                Pattern.compile("(1|11)+"),
                Set.of());
        assertThat(any.dialled("1".repeat(64))).isPresent();
        assertThat(any.dialled("1".repeat(50_000))).isEmpty();
    }
}
