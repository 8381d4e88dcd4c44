package org.sipring.proxy.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sipring.api.Member;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.Table;
import org.sipring.proxy.snapshot.Snapshots;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/**
 * All nodes lose power again and again, and come back one after the other, some of them only after the next time, while
 * phones register and leave. What was told 200 before the last snapshots is as it was.
 */
final class PowerCutTest {
    private static final Duration EVERY = Duration.ofSeconds(30);
    // A snapshot, and what moves between nodes meanwhile.
    private static final Duration SETTLED = EVERY.plusSeconds(5);
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final int USERS = 8;
    private static final int CUTS = 5;
    private static final int STEPS = 60;

    @TempDir
    private Path dir = Path.of("");

    private final SimTime time = new SimTime();
    private final Map<String, Life> running = new TreeMap<>();
    private final Map<Contact, Known> truth = new TreeMap<>();
    private SimChance chance = new SimChance(0);
    private SimCluster cluster = new SimCluster(time, new SimNetwork(chance), chance);
    private Optional<Duration> founded = Optional.empty();
    private int calls;

    /** One life of a node. */
    private record Life(SimNode node, Table<Bindings> table, Registrar registrar) {}

    private record Contact(int user, int port) implements Comparable<Contact> {
        String aor() {
            return "user" + user + "@sipring.test";
        }

        String uri() {
            return "sip:user" + user + "@192.0.2.1:" + (5060 + port);
        }

        @Override
        public int compareTo(Contact other) {
            return toString().compareTo(other.toString());
        }
    }

    /** What was said of a contact last. */
    private record Known(boolean bound, Duration since, boolean certain) {}

    private static final class Nowhere implements Meter {
        @Override
        public Runnable counter(String name, String help, String... labels) {
            return () -> {};
        }

        @Override
        public void gauge(String name, String help, DoubleSupplier value, String... labels) {
            // Nobody reads it.
        }
    }

    static LongStream seeds() {
        return LongStream.range(60, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasSettledBeforeAPowerCutIsAsItWas(long seed) {
        chance = new SimChance(seed);
        cluster = new SimCluster(time, new SimNetwork(chance.split()), chance.split());
        NODES.forEach(this::start);
        time.advance(Duration.ofSeconds(20));
        for (int cut = 0; cut < CUTS; cut++) {
            live();
            boolean whole = running.size() == NODES.size();
            powerCut();
            comeBack(whole && chance.percent(50));
            check("seed " + seed + ", cut " + cut);
        }
    }

    private void start(String name) {
        SimNode node = cluster.start(new Member(
                new NodeId(name), "127.0.0.1", Set.of(RoleName.PROXY), 100, "1", NodeState.JOINING, 0, 0, false));
        SimTicker room = node.host().ticker();
        Table<Bindings> table = node.table(BindingsTable.spec());
        Snapshots snapshots = new Snapshots(
                new Snapshots.Plan(dir.resolve(name), EVERY), node, this::age, table, room, new Nowhere());
        boolean[] begun = {false};
        node.onView(view -> {
            if (view.member(node.self()).isPresent() && !begun[0]) {
                begun[0] = true;
                founded = Optional.of(founded.orElseGet(time::elapsed));
                snapshots.start();
            }
        });
        running.put(name, new Life(node, table, Phone.registrar(RegistrarSettings.DEFAULT, table, room)));
    }

    private CompletionStage<Optional<Duration>> age() {
        return CompletableFuture.completedFuture(
                founded.map(then -> time.elapsed().minus(then)));
    }

    /** Phones come and go for some time, short or long. */
    private void live() {
        for (int step = chance.below(chance.percent(50) ? STEPS : STEPS / 5); step > 0; step--) {
            phone();
            time.advance(Duration.ofMillis(chance.below(4_000)));
        }
    }

    private void phone() {
        List<Life> nodes = new ArrayList<>(running.values());
        Life node = nodes.get(chance.below(nodes.size()));
        Contact contact = new Contact(chance.below(USERS), chance.below(2));
        boolean star = chance.percent(5);
        boolean bound = !star && chance.percent(60);
        SipMessage request = Phone.register(
                "call" + calls++,
                1,
                star ? "Contact: *" : "Contact: <" + contact.uri() + ">",
                "Expires: " + (bound ? 7200 : 0));
        SipMessage answer = time.until(node.registrar().register(request, Phone.FLOW, contact.aor()));
        boolean told = answer.status() == 200;
        touched(contact, star).forEach(each -> truth.put(each, new Known(bound, time.elapsed(), told)));
    }

    private static List<Contact> touched(Contact contact, boolean all) {
        return all ? List.of(new Contact(contact.user(), 0), new Contact(contact.user(), 1)) : List.of(contact);
    }

    private void powerCut() {
        running.values().forEach(life -> life.node().host().kill());
        running.clear();
        founded = Optional.empty();
        Duration settled = time.elapsed().minus(SETTLED);
        truth.replaceAll((contact, known) ->
                known.since().compareTo(settled) > 0 ? new Known(known.bound(), known.since(), false) : known);
        time.advance(Duration.ofSeconds(2));
    }

    /** In any order; phones do not wait for the last. One may stay away until the next time; two are a majority. */
    private void comeBack(boolean butOne) {
        List<String> left = new ArrayList<>(NODES);
        if (butOne) {
            left.remove(chance.below(left.size()));
        }
        while (!left.isEmpty()) {
            start(left.remove(chance.below(left.size())));
            time.advance(Duration.ofMillis(chance.below(20_000)));
            if (running.size() > 1 && chance.percent(50)) {
                phone();
            }
        }
        time.advance(Duration.ofSeconds(20));
    }

    private void check(String when) {
        Life any = running.values().iterator().next();
        truth.forEach((contact, known) -> {
            boolean bound = time.until(any.table().get(contact.aor())).orElse(Bindings.NONE).live(time.now()).stream()
                    .anyMatch(binding -> binding.contact().equals(contact.uri()));
            if (known.certain()) {
                assertThat(bound).as("%s: %s, %s", when, contact, known).isEqualTo(known.bound());
            }
        });
    }
}
