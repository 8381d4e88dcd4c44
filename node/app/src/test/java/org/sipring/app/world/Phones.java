package org.sipring.app.world;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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
    private static final List<String> USERS = List.of("alice", "bob", "carol");
    private static final String TABLE = "bindings";
    private static final int HOUR_SECONDS = 3600;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Ground ground;
    private final SimChance chance;
    private final SimTicker ticker;
    private final Supplier<List<WorldNode>> nodes;
    private final Set<Phone> acknowledged = new HashSet<>();
    private long losses;
    private long upheavals;
    private boolean silent;

    Phones(Ground ground, Supplier<List<WorldNode>> nodes) {
        this.ground = ground;
        this.chance = ground.chance().split();
        this.ticker = ground.fate();
        this.nodes = nodes;
        for (int user = 0; user < USERS.size(); user++) {
            Phone staying = new Phone(USERS.get(user), 2 * user + 1);
            Phone coming = new Phone(USERS.get(user), 2 * user + 2);
            soon(() -> stay(staying));
            soon(() -> come(coming));
        }
    }

    /** No more requests. */
    void fallSilent() {
        silent = true;
    }

    Set<Phone> acknowledged() {
        return acknowledged;
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
            WorldNode node = running.get(chance.below(running.size()));
            SipMessage request = phone.register(expires);
            node.overlay().host().ticker().execute(() -> node.register(request, phone)
                    .thenAccept(response -> ticker.execute(() -> once.accept(Optional.of(response)))));
        }
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
