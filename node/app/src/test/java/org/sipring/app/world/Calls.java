package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sipring.dns.zone.RrKey;
import org.sipring.testkit.SimChance;

/** All calls of a world, and what phones must know to place them. */
final class Calls {
    private final NameServer primary;
    private final SimChance chance;
    private final Map<String, Call> calls = new HashMap<>();
    private Ringing ringing = Ringing.A_WHILE;
    private int rung;

    Calls(Ground ground, NameServer primary) {
        this.primary = primary;
        chance = ground.chance().split();
    }

    Call begin(Phone caller, String aor, Optional<Phone> wanted) {
        Call call = new Call("c" + (calls.size() + 1), caller, aor, wanted);
        calls.put(call.id(), call);
        return call;
    }

    Optional<Call> find(String id) {
        return Optional.ofNullable(calls.get(id));
    }

    Collection<Call> all() {
        return calls.values();
    }

    /** A node dies. */
    void died(InetSocketAddress node) {
        calls.values().forEach(call -> call.died(node));
    }

    /** A node's clock jumps. */
    void clockJumped() {
        calls.values().forEach(Call::clockJumped);
    }

    /** What came between in any of them. */
    Set<Mishap> mishaps() {
        Set<Mishap> all = EnumSet.noneOf(Mishap.class);
        calls.values().forEach(call -> all.addAll(call.mishaps()));
        return all;
    }

    /** How long phones ring. */
    enum Ringing {
        /** Until somebody has got up and come. */
        A_WHILE,
        /** Somebody sits beside it; no two take a call at the same time. */
        A_MOMENT,
        /** Until the caller gives up. */
        FOR_EVER
    }

    /** Changes how long phones ring that begin to. */
    void ring(Ringing next) {
        ringing = next;
    }

    /** How long a phone rings until somebody takes the call; empty: for ever. */
    Optional<Duration> ringing() {
        return switch (ringing) {
            case A_WHILE -> Optional.of(Duration.ofMillis(200 + chance.below(1800)));
            case A_MOMENT -> Optional.of(Duration.ofMillis(20).multipliedBy(++rung % 4 + 1));
            case FOR_EVER -> Optional.empty();
        };
    }

    /** The servers of an edge name, RFC 3263 section 4.2: the name server's own answer, in order of priority. */
    List<InetSocketAddress> servers(String edge, boolean tcp) {
        RrKey key = new RrKey((tcp ? "_sip._tcp." : "_sip._udp.") + edge + '.', "SRV");
        List<String> found = new ArrayList<>();
        primary.zone().get(key).ifPresent(set -> found.addAll(set.data()));
        found.sort(Comparator.comparing(data -> Integer.valueOf(data.split(" ", -1)[0])));
        return found.stream().flatMap(data -> address(data).stream()).toList();
    }

    private Optional<InetSocketAddress> address(String service) {
        String[] parts = service.split(" ", -1);
        return primary.zone()
                .get(new RrKey(parts[3], "A"))
                .map(set -> new InetSocketAddress(set.data().first(), Integer.parseInt(parts[2])));
    }
}
