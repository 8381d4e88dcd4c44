package org.sipring.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.Member;
import org.sipring.api.NodeId;

/**
 * The overlay of a platform as the real one was measured: a killed process is out after about 0.1 s, a silent one after
 * 5 s; the oldest member composes the views; the sides of a partition each go on and merge some seconds after it healed.
 *
 * <p>It knows the truth about all hosts, and tells each node what that node could know by then.
 */
public final class SimCluster {
    static final String PLATFORM = "test";

    private static final Duration REVIEW = Duration.ofMillis(100);

    private final SimTime time;
    private final SimNetwork network;
    private final SimChance chance;
    private final Links links;
    private final SimTicker overseer;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private Set<NodeId> lastRoster = Set.of();
    private long counter;
    private long upheavals;

    /**
     * A platform without nodes. The first to start forms it.
     *
     * @param time the world's time
     * @param network the way between the nodes
     * @param chance decides what is left to chance
     */
    public SimCluster(SimTime time, SimNetwork network, SimChance chance) {
        this.time = time;
        this.network = network;
        this.chance = chance;
        this.links = new Links(time, network, chance.split());
        this.overseer = time.ticker();
        overseer.execute(this::review);
    }

    /**
     * Starts a process. It joins when it can; a process of the same name must have been killed.
     *
     * @param birth what the node is; state, boot and rank are ignored
     * @return its overlay
     */
    public SimNode start(Member birth) {
        SimHost host = time.host();
        SimNode node = new SimNode(this, host, birth.born(++counter));
        network.connect(birth.id(), host);
        overseer.after(millis(300, 1500), () -> nodes.add(node));
        return node;
    }

    /**
     * Lets a node leave in good order, and ends its process.
     *
     * @param node the node
     */
    public void leave(SimNode node) {
        if (node.joined()) {
            Group group = node.group();
            List<SimNode> rest = new ArrayList<>(group.members());
            rest.remove(node);
            groups.remove(group);
            if (!rest.isEmpty()) {
                form(rest, handOver(group, rest));
            }
        }
        node.host().kill();
        nodes.remove(node);
    }

    private Seats handOver(Group group, List<SimNode> rest) {
        return group.whole(links) ? group.seats().settle(rest) : group.seats().among(rest);
    }

    /**
     * Who is with whom.
     *
     * @return the running processes, divided into clusters
     */
    public List<List<SimNode>> sides() {
        return groups.stream()
                .map(group -> group.members().stream().filter(SimNode::running).toList())
                .filter(side -> !side.isEmpty())
                .toList();
    }

    /**
     * The live processes that are responsible for a key, as owner or backup; more than two while there are sides.
     *
     * @param table the table's name
     * @param key the key
     * @return the processes
     */
    public List<SimNode> holders(String table, String key) {
        Slot slot = new Slot(table, key);
        return groups.stream().flatMap(group -> group.seats().holders(slot)).toList();
    }

    /**
     * Counts what may lose data: groups that form, and data that moves.
     *
     * @return a number that only grows
     */
    public long upheavals() {
        return upheavals;
    }

    /**
     * Tells whether nothing that was acknowledged is lost when this process dies now.
     *
     * @param node the process
     * @return true when all it holds is on another running process of its cluster
     */
    public boolean spare(SimNode node) {
        return !node.joined()
                || (node.group().whole(links) && node.group().seats().safe());
    }

    SimNetwork network() {
        return network;
    }

    Optional<SimNode> node(NodeId id) {
        return nodes.stream()
                .filter(node -> node.self().equals(id) && !node.killed())
                .findFirst();
    }

    private void review() {
        links.observe(nodes);
        bury();
        List.copyOf(groups).forEach(this::split);
        nodes.stream().filter(node -> !node.joined() && node.running()).toList().forEach(this::admit);
        merge();
        groups.forEach(this::tell);
        overseer.after(REVIEW, this::review);
    }

    private void bury() {
        groups.removeIf(Group::dead);
        nodes.removeIf(node -> node.killed()
                && groups.stream().noneMatch(group -> group.members().contains(node)));
    }

    private void split(Group group) {
        List<List<SimNode>> cliques = group.cliques(links);
        if (cliques.size() > 1) {
            regroup(
                    group,
                    cliques.stream()
                            .filter(clique -> !clique.stream().allMatch(SimNode::killed))
                            .toList());
        }
    }

    private void regroup(Group old, List<List<SimNode>> cliques) {
        groups.remove(old);
        for (List<SimNode> clique : cliques) {
            form(clique, old.seats().among(clique));
        }
    }

    private void form(List<SimNode> byAge, Seats seats) {
        upheavals++;
        Group group = new Group(byAge, seats, millis(1000, 5000));
        groups.add(group);
        lastRoster = byAge.stream().map(SimNode::self).collect(Collectors.toSet());
        tell(group);
        settleSoon(group);
    }

    // Data moves to where it belongs only while everybody is there to move it.
    private void settleSoon(Group group) {
        overseer.after(millis(300, 2500), () -> {
            if (groups.contains(group) && group.whole(links)) {
                upheavals++;
                group.settle();
            } else if (groups.contains(group)) {
                settleSoon(group);
            }
        });
    }

    private void admit(SimNode node) {
        Optional<Group> open = groups.stream()
                .filter(group -> reachable(group, node))
                .max(Comparator.comparingInt(group -> group.members().size()));
        if (open.isPresent()) {
            add(open.get(), node);
        } else if (mayForm(node)) {
            node.join(++counter);
            form(List.of(node), Seats.at(node));
        }
    }

    private boolean reachable(Group group, SimNode node) {
        return group.members().stream()
                .allMatch(member -> links.calm(member, node, Duration.ZERO)
                        && !member.self().equals(node.self()));
    }

    // After a power cut: a majority of the last roster must be waiting, and its lowest forms.
    private boolean mayForm(SimNode node) {
        Set<NodeId> waiting = new HashSet<>();
        nodes.stream()
                .filter(other -> !other.joined() && links.calm(node, other, Duration.ZERO))
                .forEach(other -> waiting.add(other.self()));
        long known = lastRoster.stream().filter(waiting::contains).count();
        return groups.isEmpty()
                && (lastRoster.isEmpty() || 2 * known > lastRoster.size())
                && waiting.stream().min(Comparator.naturalOrder()).orElseThrow().equals(node.self());
    }

    private void add(Group group, SimNode node) {
        node.join(++counter);
        replace(
                List.of(group),
                Stream.concat(group.members().stream(), Stream.of(node)).toList(),
                group.seats());
    }

    private void replace(List<Group> old, List<SimNode> byAge, Seats seats) {
        groups.removeAll(old);
        form(byAge, seats);
    }

    private void merge() {
        for (Group one : List.copyOf(groups)) {
            for (Group other : List.copyOf(groups)) {
                if (one != other
                        && groups.contains(one)
                        && groups.contains(other)
                        && larger(one, other)
                        && met(one, other)) {
                    absorb(one, other);
                }
            }
        }
    }

    private static boolean larger(Group one, Group other) {
        int bySize = Integer.compare(one.members().size(), other.members().size());
        return bySize != 0 ? bySize > 0 : one.oldest().rank() < other.oldest().rank();
    }

    private boolean met(Group one, Group other) {
        return one.members().stream().allMatch(member -> other.members().stream()
                .allMatch(stranger -> links.calm(member, stranger, one.mergePatience)));
    }

    private void absorb(Group larger, Group smaller) {
        larger.seats().absorb(smaller.seats());
        smaller.members().forEach(node -> node.join(++counter));
        replace(
                List.of(larger, smaller),
                Stream.concat(larger.members().stream(), smaller.members().stream())
                        .toList(),
                larger.seats());
    }

    // Whoever has not got the newest roster is sent it again.
    private void tell(Group group) {
        group.compose(links, ++counter);
        group.members().stream()
                .filter(node -> node.version() < group.roster().version())
                .forEach(node -> network.send(group.oldest().self(), node.self(), () -> node.learn(group.roster())));
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + chance.below(most - least));
    }
}
