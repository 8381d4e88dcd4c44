package org.sipring.app.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.dns.Fences;

/** A platform, its name server and its phones. Fate does something to it now and then, and then lets it rest. */
final class World {
    /** How long trouble lasts. */
    static final Duration TROUBLE = Duration.ofSeconds(90);

    /** How long the platform may take to be right again. */
    static final Duration QUIET = Duration.ofSeconds(45);

    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final int NODES = 5;

    private final Ground ground;
    private final ZoneWatch zoneWatch;
    private final NameServer primary;
    private final Phones phones;
    private final Map<NodeId, Home> homes = new TreeMap<>();
    private final Map<NodeId, WorldNode> nodes = new TreeMap<>();
    private final Map<WorldNode, Duration> readySince = new HashMap<>();

    World(long seed, Fences fence) {
        ground = Ground.of(seed, fence);
        zoneWatch = new ZoneWatch(ground, this::steadilyReady);
        primary = new NameServer(
                ground.time().host(), ground.network(), ground.chance().split(), zoneWatch);
        phones = new Phones(
                ground, () -> nodes.values().stream().filter(WorldNode::running).toList());
        int size = 2 + ground.chance().below(NODES - 1);
        for (int number = 1; number <= size; number++) {
            NodeId id = new NodeId("n" + number);
            homes.put(id, new Home(birth(id, number), new Disk()));
        }
    }

    // n1 and about half of the others may be manager.
    private Member birth(NodeId id, int number) {
        boolean manager = number == 1 || ground.chance().percent(50);
        Set<RoleName> roles = manager ? Set.of(RoleName.PROXY, RoleName.MANAGER) : Set.of(RoleName.PROXY);
        return new Member(id, "127.0.0.1" + number, roles, 100, "1", NodeState.JOINING, 0, 0);
    }

    /**
     * Lives through trouble and quiet.
     *
     * @return the first broken rule, or empty when all held
     */
    Optional<String> run() {
        homes.keySet().forEach(this::start);
        Fate fate = new Fate(ground, this, primary);
        until(TROUBLE);
        ground.trace().say("fate", "rests");
        fate.rest();
        phones.fallSilent();
        until(TROUBLE.plus(QUIET));
        new Peace(ground, this, primary).check();
        return ground.judge().verdict();
    }

    private void until(Duration end) {
        while (ground.time().elapsed().compareTo(end) < 0
                && ground.judge().verdict().isEmpty()) {
            ground.time().step();
            phones.check();
        }
    }

    String trace() {
        return ground.trace().toString();
    }

    Phones phones() {
        return phones;
    }

    Set<NodeId> names() {
        return homes.keySet();
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
        nodes.put(id, WorldNode.start(ground, home, primary, this::isReady));
    }

    void kill(WorldNode node) {
        phones.losing(node.overlay());
        node.overlay().host().kill();
    }

    void leave(WorldNode node) {
        phones.losing(node.overlay());
        ground.cluster().leave(node.overlay());
    }

    private void isReady(NodeId id) {
        ground.trace().say(id, "is ready");
        zoneWatch.isReady(id);
        Optional.ofNullable(nodes.get(id))
                .ifPresent(node -> readySince.put(node, ground.time().elapsed()));
    }

    /** Something happened to a node: it counts as ready anew. */
    void disturb(WorldNode node) {
        readySince.computeIfPresent(node, (same, since) -> ground.time().elapsed());
    }

    private Set<NodeId> steadilyReady() {
        Duration since = ground.time().elapsed().minus(STEADY);
        return alive().stream()
                .filter(WorldNode::ready)
                .filter(node -> Optional.ofNullable(readySince.get(node))
                        .filter(ready -> ready.compareTo(since) <= 0)
                        .isPresent())
                .map(WorldNode::id)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
