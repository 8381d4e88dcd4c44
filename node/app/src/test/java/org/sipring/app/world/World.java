package org.sipring.app.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.testkit.SimNetwork;

/** A platform, its name server and its phones. Fate does something to it now and then, and then lets it rest. */
final class World {
    /** How long trouble lasts. */
    static final Duration TROUBLE = Duration.ofSeconds(90);

    /** How long the platform may take to be right again. */
    static final Duration QUIET = Duration.ofSeconds(45);

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int NODES = 5;

    private final Ground ground;
    private final ZoneWatch zoneWatch;
    private final NameServer primary;
    private final Outside outside;
    private final Calls calls;
    private final Phones phones;
    private final Map<NodeId, Home> homes = new TreeMap<>();
    private final Map<NodeId, WorldNode> nodes = new TreeMap<>();
    private final Truth truth;

    private World(long seed, Rules rules) {
        ground = Ground.of(seed, rules);
        truth = new Truth(ground, nodes::values);
        zoneWatch = new ZoneWatch(ground, truth);
        primary = new NameServer(
                ground.time().host(), ground.network(), ground.chance().split(), zoneWatch);
        outside = Outside.of(primary, new Wires(ground));
        calls = new Calls(ground, primary);
        phones = new Phones(ground, outside.wires(), calls, () -> nodes.values().stream()
                .filter(WorldNode::serving)
                .toList());
    }

    /** A world left to its fate: two to five nodes, n1 and about half of the others may be manager. */
    static World random(long seed, Rules rules) {
        World world = new World(seed, rules);
        int size = 2 + world.ground.chance().below(NODES - 1);
        world.settle(1, true);
        for (int number = 2; number <= size; number++) {
            world.settle(number, world.ground.chance().percent(50));
        }
        return world;
    }

    /** A world for a story: nodes that all may be manager, started one after another. */
    static World of(int size) {
        return of(size, 1, Rules.ALL);
    }

    /** Such a world, with its own chance and rules. */
    static World of(int size, long seed, Rules rules) {
        World world = new World(seed, rules);
        for (int number = 1; number <= size; number++) {
            world.settle(number, true);
            world.start(new NodeId("n" + number));
            world.pass(Duration.ofSeconds(5));
        }
        return world;
    }

    private void settle(int number, boolean manager) {
        NodeId id = new NodeId("n" + number);
        Set<RoleName> roles = manager ? Set.of(RoleName.PROXY, RoleName.MANAGER) : Set.of(RoleName.PROXY);
        Member birth = new Member(id, "127.0.0.1" + number, roles, 100, "1", NodeState.JOINING, 0, 0, false);
        homes.put(id, new Home(birth, new Disk()));
    }

    /**
     * Lives through trouble and quiet.
     *
     * @return the first broken rule, or empty when all held
     */
    Optional<String> run() {
        homes.keySet().forEach(this::start);
        Fate fate = new Fate(ground, this, primary);
        pass(TROUBLE);
        ground.trace().say("fate", "rests");
        fate.rest();
        phones.fallSilent();
        pass(QUIET);
        if (verdict().isEmpty()) {
            new Peace(ground, this, primary).check();
            new QuietCalls(this, calls).check();
            new RecordedCalls(this, calls, outside.ledger()).check();
        }
        return verdict();
    }

    /** Lets time pass, as long as all rules hold. */
    void pass(Duration duration) {
        Duration end = ground.time().elapsed().plus(duration);
        while (ground.time().elapsed().compareTo(end) < 0 && verdict().isEmpty()) {
            ground.time().step();
            phones.check();
        }
    }

    /** Lets time pass, whatever breaks. */
    void endure(Duration duration) {
        ground.time().advance(duration);
    }

    /** Lets time pass until something is so, which is looked at now and then. */
    void pass(Duration limit, BooleanSupplier until) {
        Duration end = ground.time().elapsed().plus(limit);
        while (ground.time().elapsed().compareTo(end) < 0 && !until.getAsBoolean()) {
            ground.time().advance(GLANCE);
        }
    }

    Judge judge() {
        return ground.judge();
    }

    Optional<String> verdict() {
        return ground.judge().verdict();
    }

    WorldNode node(String name) {
        return Objects.requireNonNull(nodes.get(new NodeId(name)));
    }

    NameServer primary() {
        return primary;
    }

    SimNetwork network() {
        return ground.network();
    }

    String trace() {
        return ground.trace().toString();
    }

    Truth truth() {
        return truth;
    }

    Calls calls() {
        return calls;
    }

    /** What came between in its calls. */
    Set<Mishap> mishaps() {
        Set<Mishap> all = calls.mishaps();
        if (outside.wires().inviteRepeated()) {
            all.add(Mishap.INVITE_REPEATED);
        }
        return all;
    }

    Phones phones() {
        return phones;
    }

    Set<NodeId> names() {
        return homes.keySet();
    }

    /** All at once. */
    void powerCut() {
        alive().forEach(this::kill);
    }

    /** The processes that live, hung ones included. */
    List<WorldNode> alive() {
        return nodes.values().stream().filter(node -> !node.killed()).toList();
    }

    List<NodeId> dead() {
        List<NodeId> dead = new ArrayList<>(homes.keySet());
        alive().forEach(node -> dead.remove(node.id()));
        return dead;
    }

    void start(NodeId id) {
        Home home = Objects.requireNonNull(homes.get(id));
        nodes.put(id, WorldNode.start(ground, outside, home, this::isReady));
    }

    void kill(WorldNode node) {
        truth.trouble();
        phones.losing(node.overlay());
        calls.died(node.sip().phones());
        node.sip().die();
        node.overlay().host().kill();
    }

    void leave(WorldNode node) {
        truth.trouble();
        phones.losing(node.overlay());
        node.sip().die();
        ground.cluster().leave(node.overlay());
    }

    private void isReady(NodeId id) {
        ground.trace().say(id, "is ready");
        WorldNode node = node(id.value());
        zoneWatch.isReady(id, node.overlay().boot());
        truth.isReady(node);
    }
}
