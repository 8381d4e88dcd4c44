package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** RFC 3263 section 4.3: the next server of another domain, where one does not do. */
final class Rfc3263Section43Test {
    private final World world = new World(EdgeNames.Style.NAME, 1, Others.policy(List.of("*"), List.of()));
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone first = world.udp("first", "198.51.100.1");
    private final Phone second = world.udp("second", "198.51.100.2");
    private final InetSocketAddress nobody = new InetSocketAddress("198.51.100.66", 5060);

    @BeforeEach
    void publish() {
        servers(first.address, second.address);
    }

    private void servers(InetSocketAddress... addresses) {
        world.others.publish("_sip._udp.example.com", addresses);
    }

    private SipMessage call(String name) {
        return request("INVITE").set("Call-ID", name).build();
    }

    private MessageBuilder request(String method) {
        return alice.request(method, "sip:carol@example.com").add("Proxy-Authorization", "Digest x=y");
    }

    private void send(SipMessage request) {
        alice.send(world.node("n1"), request);
        world.settle();
    }

    @Test
    void anInviteThatNobodyTakesGoesToTheNextServer() {
        servers(nobody, second.address);
        send(call("one"));
        assertThat(second.heard).isEmpty();
        world.pass(Duration.ofSeconds(4));
        assertThat(second.requests()).containsExactly("INVITE");
        second.answer(second.last(), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @Test
    void aServerThatDidNotAnswerIsTriedLastForAWhile() {
        servers(nobody, second.address);
        send(call("one"));
        world.pass(Duration.ofSeconds(4));
        second.answer(second.last(), 486);
        world.settle();
        send(call("two"));
        assertThat(second.last().callId()).isEqualTo("two");
    }

    @Test
    void a503LeadsToTheNextServerAndOtherRefusalsDoNot() {
        send(call("one"));
        first.answer(first.last(), 503);
        world.settle();
        assertThat(second.requests()).containsExactly("INVITE");
        second.answer(second.last(), 486);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(486);
    }

    @Test
    void whoHasSaidTryingIsWaitedFor() {
        send(call("one"));
        first.answer(first.last(), 100);
        world.pass(Duration.ofSeconds(60));
        assertThat(second.heard).isEmpty();
        first.answer(first.last(), 180);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 180);
    }

    @Test
    void anAnswerThatComesLateStillCounts() {
        send(call("one"));
        world.pass(Duration.ofSeconds(4));
        SipMessage late = first.heard.get(0);
        first.answer(late, 180);
        second.answer(second.last(), 180);
        world.settle();
        assertThat(first.requests()).contains("CANCEL");
        first.answer(late, 200);
        world.settle();
        assertThat(second.last().method()).isEqualTo("CANCEL");
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
    }

    @Test
    void aClosedTcpPortLeadsToTheNextServer() {
        Phone tcp = world.tcp("tcp", "198.51.100.3");
        world.others.publish("_sip._udp.example.com");
        world.others.publish("_sip._tcp.example.com", first.address, tcp.address);
        send(call("one"));
        assertThat(first.heard).isEmpty();
        assertThat(tcp.requests()).containsExactly("INVITE");
    }

    /** RFC 3261 section 16.7 step 6: what a proxy itself cannot do says nothing about the servers. */
    @Test
    void aServerToWhichTooManyConnectionsAreOpenIsNotTakenForDead() {
        Phone[] tcp = {world.tcp("one", "198.51.100.3"), world.tcp("two", "198.51.100.4")};
        world.others.publish("_sip._udp.example.com");
        world.others.publish("_sip._tcp.example.com", tcp[0].address, tcp[1].address);
        world.node("n1").full.add(tcp[0].address);
        send(call("one"));
        assertThat(tcp[1].requests()).containsExactly("INVITE");
        world.node("n1").full.clear();
        send(call("two"));
        assertThat(tcp[0].last().callId()).isEqualTo("two");
    }

    @Test
    void whereNoServerMayBeConnectedToTheCallerHears500() {
        Phone tcp = world.tcp("one", "198.51.100.3");
        world.others.publish("_sip._udp.example.com");
        world.others.publish("_sip._tcp.example.com", tcp.address);
        world.node("n1").full.add(tcp.address);
        send(call("one"));
        assertThat(alice.last().status()).isEqualTo(500);
    }

    @Test
    void whenAllServersAreBusyTheCallerHears500() {
        send(call("one"));
        first.answer(first.last(), 503);
        world.settle();
        second.answer(second.last(), 503);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(500);
    }

    @Test
    void whenNobodyAnswersTheCallerHears408() {
        servers(nobody);
        send(call("one"));
        world.pass(Duration.ofSeconds(33));
        assertThat(alice.last().status()).isEqualTo(408);
    }

    @Test
    void otherRequestsAreNotRepeatedAtAnotherServerWhenTheirSenderHasGivenUp() {
        servers(nobody, second.address);
        send(request("MESSAGE").build());
        world.pass(Duration.ofSeconds(40));
        assertThat(second.heard).isEmpty();
    }

    @Test
    void aCallThatIsTakenBackGoesToNoOtherServer() {
        servers(nobody, second.address);
        SipMessage invite = call("one");
        send(invite);
        send(alice.cancel(invite));
        world.pass(Duration.ofSeconds(40));
        assertThat(second.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(487);
    }

    @Test
    void aCallThatRingsIsTakenBackThere() {
        SipMessage invite = call("one");
        send(invite);
        first.answer(first.last(), 180);
        world.settle();
        send(alice.cancel(invite));
        assertThat(first.last().method()).isEqualTo("CANCEL");
    }

    @Test
    void aLargeRequestGoesOverTcpAndOverUdpWhereThereIsNone() {
        send(request("MESSAGE").body(new byte[1_300]).build());
        assertThat(first.requests()).containsExactly("MESSAGE");
        assertThat(first.last().topVia().transport()).isEqualTo("UDP");
        Phone both = world.tcp("both", "198.51.100.5");
        servers(both.address);
        send(request("MESSAGE").set("Call-ID", "two").body(new byte[1_300]).build());
        assertThat(both.last().topVia().transport()).isEqualTo("TCP");
    }

    @Test
    void aDomainThatIsNotThereIsA404AndASilentDnsA504() {
        send(alice.request("MESSAGE", "sip:x@nowhere.example")
                .add("Proxy-Authorization", "Digest x=y")
                .build());
        assertThat(alice.last().status()).isEqualTo(404);
        world.others.silent = true;
        send(call("two"));
        assertThat(alice.last().status()).isEqualTo(504);
    }

    @Test
    void noZoneLeadsToThisPlatformItselfNorToThisHostsOwnPrograms() throws Exception {
        servers(world.node("n1").phones);
        send(call("one"));
        assertThat(alice.last().status()).isEqualTo(500);
        for (String address : List.of("127.0.0.1", "0.0.0.0", "224.0.0.1")) {
            world.others.host("evil.example", InetAddress.getByName(address));
            send(alice.request("MESSAGE", "sip:x@evil.example")
                    .set("Call-ID", address)
                    .add("Proxy-Authorization", "Digest x=y")
                    .build());
            assertThat(alice.last().status()).as(address).isEqualTo(500);
        }
    }
}
