package org.sipring.app.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTicker;

/**
 * The phones of a world, and what was promised to them. Half of them stay: once acknowledged, their binding must be
 * somewhere for ever. The other half comes and goes, on the same addresses-of-record.
 */
final class Phones {
    static final List<String> USERS = List.of("alice", "bob", "carol");
    private static final String TABLE = "bindings";
    private static final int HOUR_SECONDS = 3600;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final int CANCELLED = 25;

    private final Ground ground;
    private final SimChance chance;
    private final SimTicker ticker;
    private final Supplier<List<WorldNode>> nodes;
    private final Calls calls;
    private final List<Phone> all = new ArrayList<>();
    private final Set<Phone> acknowledged = new LinkedHashSet<>();
    private final Map<Call, Long> standing = new LinkedHashMap<>();
    private long losses;
    private long upheavals;
    private boolean silent;

    Phones(Ground ground, Wires wires, Calls calls, Supplier<List<WorldNode>> nodes) {
        this.ground = ground;
        this.calls = calls;
        this.chance = ground.chance().split();
        this.ticker = ground.fate();
        this.nodes = nodes;
        for (int user = 0; user < USERS.size(); user++) {
            Phone staying = new Phone(ground, wires, calls, USERS.get(user), 2 * user + 1);
            Phone coming = new Phone(ground, wires, calls, USERS.get(user), 2 * user + 2);
            all.add(staying);
            all.add(coming);
            soon(() -> stay(staying));
            soon(() -> come(coming));
        }
        soon(this::call);
    }

    /** No more requests. */
    void fallSilent() {
        silent = true;
    }

    List<Phone> acknowledged() {
        return List.copyOf(acknowledged);
    }

    private void soon(Runnable call) {
        ticker.after(Duration.ofMillis(500 + chance.below(4000)), call);
    }

    private void stay(Phone phone) {
        long before = losses;
        send(phone, HOUR_SECONDS, answer -> {
            boolean promised =
                    answer.filter(response -> response.status() == 200).isPresent();
            if (promised && losses == before) {
                acknowledged.add(phone);
            }
            soon(() -> stay(phone));
        });
    }

    private void come(Phone phone) {
        send(phone, HOUR_SECONDS, answer -> soon(() -> go(phone)));
    }

    private void go(Phone phone) {
        send(phone, 0, answer -> soon(() -> come(phone)));
    }

    private void send(Phone phone, int expires, Consumer<Optional<SipMessage>> answered) {
        List<WorldNode> running = nodes.get();
        if (silent) {
            return;
        }
        Once<Optional<SipMessage>> once = new Once<>(answered);
        ticker.after(PATIENCE, () -> once.accept(Optional.empty()));
        if (!running.isEmpty()) {
            phone.register(expires, any(running).sip().phones(), once);
        }
    }

    private <T> T any(List<T> some) {
        return some.get(chance.below(some.size()));
    }

    private void call() {
        List<WorldNode> running = nodes.get();
        if (silent) {
            return;
        }
        if (!running.isEmpty()) {
            Phone caller = any(all);
            Call call = calls.begin(caller, any(others(caller)).aor(), Optional.empty());
            Runnable cancel = caller.call(call, any(running).sip().phones());
            standing.put(call, losses);
            Duration patience = chance.percent(CANCELLED) ? Duration.ofMillis(300 + chance.below(1000)) : LONG;
            ticker.after(patience, () -> giveUp(call, cancel));
        }
        ticker.after(Duration.ofMillis(1000 + chance.below(6000)), this::call);
    }

    List<Phone> others(Phone caller) {
        return all.stream().filter(phone -> !phone.aor().equals(caller.aor())).toList();
    }

    private void giveUp(Call call, Runnable cancel) {
        if (call.status() == 0) {
            cancel.run();
        } else if (call.up() && chance.percent(50)) {
            hangUp(call, status -> {});
        }
    }

    /** One of the two hangs up. */
    void hangUp(Call call, Consumer<Integer> answered) {
        Phone one = chance.percent(50) ? call.caller() : call.callee().orElseThrow();
        standing.remove(call);
        one.hangUp(call, answered);
    }

    /** Calls that were set up and go on, with nothing lost since they began. */
    List<Call> standing() {
        return standing.entrySet().stream()
                .filter(entry -> entry.getKey().up() && entry.getValue() == losses)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Phone> all() {
        return all;
    }

    /** A process is about to die. What it alone has is nobody's promise. */
    void losing(SimNode node) {
        if (!ground.cluster().spare(node)) {
            losses++;
            acknowledged.removeIf(
                    phone -> ground.cluster().holders(TABLE, phone.aor()).contains(node));
        }
    }

    /** A 200-answered binding survives any single crash while the table is safe. */
    void check() {
        if (ground.cluster().upheavals() != upheavals) {
            upheavals = ground.cluster().upheavals();
            acknowledged.forEach(phone -> ground.judge()
                    .require(bound(phone), phone + ": the acknowledged binding of " + phone.aor() + " is lost"));
        }
    }

    private boolean bound(Phone phone) {
        return ground.cluster().holders(TABLE, phone.aor()).stream()
                .anyMatch(node -> node.<Bindings>held(TABLE, phone.aor())
                        .filter(bindings -> has(bindings, phone))
                        .isPresent());
    }

    boolean has(Bindings bindings, Phone phone) {
        return bindings.live(ground.time().now()).stream()
                .anyMatch(binding -> binding.contact().equals(phone.contact()));
    }
}
