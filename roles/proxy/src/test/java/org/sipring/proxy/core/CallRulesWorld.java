package org.sipring.proxy.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.proxy.journal.Note;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Alice calls Bob, who forwards calls to Carol and elsewhere. Alice is at n1, the others' phones at n2. */
abstract class CallRulesWorld {
    static final String HISTORY = "History-Info";
    static final String CAROL = "sip:carol@sipring.test";
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Trunk CARRIER = new Trunk(
            "carrier",
            Peers.of(List.of("198.51.100.1")),
            Optional.empty(),
            Set.of(Transport.UDP),
            SipUri.parse("sip:198.51.100.1:5070").orElseThrow(),
            Pattern.compile("[+][0-9]+"),
            Set.of(HISTORY));

    final World world = new World(
            EdgeNames.Style.NAME,
            2,
            new ForeignPolicy(
                    Peers.of(List.of("example.com")),
                    Peers.of(List.of("example.com", "example.net")),
                    List.of(CARRIER)),
            true);
    final Phone alice = world.udp("alice", "192.0.2.1");
    final Phone bob = world.udp("bob", "192.0.2.2");
    final Phone carol = world.udp("carol", "192.0.2.3");
    final Phone dave = world.udp("dave", "192.0.2.4");
    final Phone carrier = world.udp("carrier", "198.51.100.1");

    @BeforeEach
    void register() {
        world.register(alice, "n1");
        world.register(bob, "n2");
        world.register(carol, "n2");
        world.register(dave, "n2");
    }

    static CallForwarding always(String to) {
        return new CallForwarding(Optional.of(to), Optional.empty(), Optional.empty(), PATIENCE, Optional.empty());
    }

    static CallForwarding busy(String to) {
        return new CallForwarding(Optional.empty(), Optional.of(to), Optional.empty(), PATIENCE, Optional.empty());
    }

    static CallForwarding noAnswer(String to) {
        return new CallForwarding(Optional.empty(), Optional.empty(), Optional.of(to), PATIENCE, Optional.empty());
    }

    static CallForwarding unregistered(String to) {
        return new CallForwarding(Optional.empty(), Optional.empty(), Optional.empty(), PATIENCE, Optional.of(to));
    }

    void wishes(Phone user, CallForwarding forwarding) {
        world.rules(user, new CallRules(forwarding, false, List.of()));
    }

    void leaves(Phone user) {
        world.registered.put(user.aor(), List.of());
    }

    void send(Phone from, SipMessage request) {
        from.send(world.node("n1"), request);
        world.settle();
    }

    /** Alice calls Bob, perhaps with further headers. */
    SipMessage calls(String... headers) {
        MessageBuilder edit = alice.invite("bob").edit();
        for (int i = 0; i < headers.length; i += 2) {
            edit.set(headers[i], headers[i + 1]);
        }
        SipMessage invite = edit.build();
        send(alice, invite);
        return invite;
    }

    /** A phone answers the first request that it got. */
    void answers(Phone phone, int status, String... header) {
        phone.answer(phone.heard.get(0), status, header);
        world.settle();
    }

    /** What Alice heard; these phones send no ACK, and so hear a refusal again and again. */
    List<Integer> told() {
        return alice.statuses().stream().distinct().toList();
    }

    /** What a phone was asked, which does not answer everything at once. */
    static List<String> asked(Phone phone) {
        return phone.requests().stream().distinct().toList();
    }

    List<String> why() {
        var found = world.node("n1").journals.find("call-alice", 100).toCompletableFuture();
        world.settle();
        return found.join().stream().map(Note::text).toList();
    }
}
