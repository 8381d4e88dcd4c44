package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.domain.Domain;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** Several SIP domains on one platform: each has users of its own. */
final class HostedDomainsTest {
    private final World world = new World(EdgeNames.Style.NAME, 1, Others.policy(List.of("example.com"), List.of("*")));
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");
    private final Phone customersBob = world.udp("bob", "192.0.2.3");
    private int calls;
    private final Phone carol = world.udp("carol", "198.51.100.1");

    @BeforeEach
    void register() {
        world.register(customersBob, "n1");
        world.registered.put("bob@customer.test", Objects.requireNonNull(world.registered.remove("bob@sipring.test")));
        world.registered.put("bob@sipring.test", List.of());
        world.register(bob, "n1");
        world.register(alice, "n1");
        world.others.publish("_sip._udp.example.com", carol.address);
    }

    private SipMessage send(Phone from, MessageBuilder request) {
        from.send(world.node("n1"), request.build());
        world.settle();
        return from.heard.isEmpty() ? request.build() : from.last();
    }

    private static MessageBuilder proved(MessageBuilder request, String realm) {
        return request.add("Proxy-Authorization", "Digest username=\"x\", realm=\"" + realm + '"');
    }

    @Test
    void usersOfOneNameInTwoDomainsAreTwo() {
        send(alice, proved(alice.request("INVITE", "sip:bob@customer.test"), "sipring.test"));
        assertThat(customersBob.requests()).containsExactly("INVITE");
        assertThat(bob.heard).isEmpty();
        assertThat(customersBob.last().headers("P-Asserted-Identity")).containsExactly("<sip:alice@sipring.test>");
        assertThat(send(alice, proved(alice.request("MESSAGE", "sip:alice@customer.test"), "sipring.test"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDomainIsServedFromWhenItIsAddedUntilItIsRemoved() {
        Phone dora = world.udp("dora", "192.0.2.4");
        world.register(dora, "n1");
        world.registered.put("dora@new.test", Objects.requireNonNull(world.registered.remove("dora@sipring.test")));
        assertThat(callTo("dora@new.test"))
                .as("a domain of others that nobody may call")
                .isEqualTo(403);
        assertThat(registration("new.test")).isEqualTo(403);

        long revision = world.domains
                .put(new Domain("new.test", List.of(), true), 0)
                .toCompletableFuture()
                .join()
                .orElseThrow();
        assertThat(registration("new.test")).isEqualTo(200);
        callTo("dora@new.test");
        assertThat(dora.requests()).containsExactly("INVITE");
        SipMessage call = dora.last();
        assertThat(callTo("nobody@new.test")).isEqualTo(404);

        world.domains.remove("new.test", revision).toCompletableFuture().join();
        assertThat(callTo("dora@new.test")).isEqualTo(403);
        assertThat(registration("new.test")).isEqualTo(403);
        dora.answer(call, 200, "Contact", "<sip:dora@192.0.2.4:5070>");
        world.settle();
        assertThat(alice.last().status()).as("a call that had begun goes on").isEqualTo(200);
    }

    private int callTo(String aor) {
        alice.heard.clear();
        MessageBuilder call = alice.request("INVITE", "sip:" + aor).set("Call-ID", "call-" + calls++);
        return send(alice, proved(call, "sipring.test")).status();
    }

    private int registration(String domain) {
        alice.heard.clear();
        MessageBuilder register = alice.request("REGISTER", "sip:" + domain).set("Call-ID", "registration-" + calls++);
        return send(alice, register).status();
    }

    @Test
    void whoClaimsAHostedDomainMustProveIt() {
        for (String from : List.of("sip:bob@customer.test", "sip:bob@pbx.customer.test")) {
            MessageBuilder call = carol.request("INVITE", "sip:alice@sipring.test")
                    .set("From", '<' + from + ">;tag=x")
                    .set("Call-ID", from);
            assertThat(send(carol, call).status()).as(from).isEqualTo(407);
        }
        assertThat(alice.heard).isEmpty();
    }

    @Test
    void aUserOfAHostedDomainCallsOthersAndTheyLearnNoPassword() {
        MessageBuilder call =
                customersBob.request("INVITE", "sip:carol@example.com").set("From", "<sip:bob@customer.test>;tag=b");
        send(customersBob, proved(call, "customer.test").add("Route", "<sip:customer.test;lr>"));
        assertThat(carol.requests()).containsExactly("INVITE");
        assertThat(carol.last().header("Proxy-Authorization")).isEmpty();
        assertThat(carol.last().routes()).isEmpty();
    }

    @Test
    void noOtherDomainAsksForThePasswordsOfAHostedOne() {
        send(
                customersBob,
                proved(
                        customersBob
                                .request("INVITE", "sip:carol@example.com")
                                .set("From", "<sip:bob@customer.test>;tag=b"),
                        "customer.test"));
        carol.answer(
                carol.last(), 407, "Proxy-Authenticate", "Digest realm=\"customer.test\", nonce=\"1\", qop=\"auth\"");
        world.settle();
        assertThat(customersBob.last().status()).isEqualTo(500);
    }
}
