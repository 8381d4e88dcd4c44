package org.sipring.dns.plan;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Text;

/**
 * Which RRsets Sipring created, kept in the zone itself, so that ownership survives every change of manager and a
 * total restart. Written in the same update as the RRsets.
 *
 * <p>{@code _sipring-owned.DOMAIN} lists {@code "own NAME TYPE"} for the platform's RRsets, {@code _sipring-nodes.DOMAIN}
 * lists {@code "node n4"} for each node; {@code _sipring-owned.n4.edge.DOMAIN} lists the RRsets of the node and of its edge name, and
 * {@code "departed TIME"} once its node left. So no registry outgrows a DNS message on a large platform.
 *
 * @param owned the RRsets that Sipring created, without fence and registries
 * @param nodes the nodes that have a registry of their own
 * @param departed when nodes left whose edge names are still kept
 * @param foreign registries with content that Sipring did not write
 */
public record Registry(Set<RrKey> owned, Set<NodeId> nodes, SortedMap<NodeId, Instant> departed, Set<RrKey> foreign) {
    private static final Pattern OWN =
            Pattern.compile("own (@|[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*) ([A-Z0-9]{1,10})");
    private static final Pattern NODE = Pattern.compile("node (" + NodeId.LABEL + ")");
    private static final Pattern DEPARTED = Pattern.compile("departed (\\S{1,40})");
    private static final Pattern EDGE = Pattern.compile("(?:.*\\.)?(" + NodeId.LABEL + ")\\.edge");

    /** Copies the collections. */
    public Registry {
        owned = Collections.unmodifiableSet(new TreeSet<>(owned));
        nodes = Collections.unmodifiableSet(new TreeSet<>(nodes));
        departed = Collections.unmodifiableSortedMap(new TreeMap<>(departed));
        foreign = Collections.unmodifiableSet(new TreeSet<>(foreign));
    }

    /**
     * What the registries say.
     *
     * @param zone as far as it has been read
     * @param policy the operator's decisions, for the registries' names
     * @return what is known of ownership by now
     */
    public static Registry of(Zone zone, ZonePolicy policy) {
        Reading reading = new Reading(policy);
        zone.at(policy.registry()).ifPresent(set -> reading.take(set, reading::own));
        zone.at(policy.roster()).ifPresent(set -> reading.take(set, reading::node));
        for (NodeId node : Set.copyOf(reading.nodes)) {
            zone.at(policy.registry(node))
                    .ifPresent(set -> reading.take(set, words -> reading.own(words) || reading.left(words, node)));
        }
        return new Registry(reading.owned, reading.nodes, reading.departed, reading.foreign);
    }

    /** Every key that must be read to know the owned part of the zone, as far as it is known by now. */
    Set<RrKey> keys(ZonePolicy policy) {
        Set<RrKey> keys = new HashSet<>(owned);
        keys.add(policy.registry());
        keys.add(policy.roster());
        nodes.forEach(node -> keys.add(policy.registry(node)));
        return keys;
    }

    /** The node in whose registry an RRset is listed, or empty for the platform's. */
    static Optional<NodeId> home(RrKey key, ZonePolicy policy) {
        String relative = relative(key.name(), policy);
        Optional<NodeId> own = NodeId.parse(relative);
        if (own.isPresent() && RoleName.known(relative).isEmpty()) {
            return own;
        }
        Matcher edge = EDGE.matcher(relative);
        return edge.matches() ? Optional.of(new NodeId(edge.group(1))) : Optional.empty();
    }

    /** Tells whether a node has, or had, an edge name. */
    boolean hasEdge(NodeId node, ZonePolicy policy) {
        return departed.containsKey(node) || owned.contains(new RrKey(policy.edge(node), "NAPTR"));
    }

    /** The registries that list these RRsets and departures. */
    static SortedMap<RrKey, RrSet> write(Collection<RrKey> owned, Map<NodeId, Instant> departed, ZonePolicy policy) {
        SortedMap<RrKey, SortedSet<String>> texts = new TreeMap<>();
        for (RrKey key : owned) {
            add(texts, home(key, policy), "own " + relative(key.name(), policy) + " " + key.type(), policy);
        }
        departed.forEach((node, time) ->
                add(texts, Optional.of(node), "departed " + time.truncatedTo(ChronoUnit.SECONDS), policy));
        SortedMap<RrKey, RrSet> sets = new TreeMap<>();
        texts.forEach((key, data) -> sets.put(key, new RrSet(key, policy.ttl().toSeconds(), data)));
        return sets;
    }

    private static void add(
            SortedMap<RrKey, SortedSet<String>> texts, Optional<NodeId> node, String words, ZonePolicy policy) {
        line(texts, node.map(policy::registry).orElseGet(policy::registry), words);
        node.ifPresent(id -> line(texts, policy.roster(), "node " + id));
    }

    private static void line(SortedMap<RrKey, SortedSet<String>> texts, RrKey key, String words) {
        texts.computeIfAbsent(key, any -> new TreeSet<>()).add(Text.quote(words));
    }

    /** Tells whether somebody else wrote into what all the rest depends on: then nobody knows what is ours. */
    boolean lost(ZonePolicy policy) {
        return foreign.contains(policy.registry()) || foreign.contains(policy.roster());
    }

    private static String relative(String name, ZonePolicy policy) {
        String tail = "." + policy.apex();
        return name.endsWith(tail) ? name.substring(0, name.length() - tail.length()) : "@";
    }

    /** Collects what registries say. Used once, by one thread. */
    private static final class Reading {
        private final ZonePolicy policy;
        private final Set<RrKey> owned = new TreeSet<>();
        private final Set<NodeId> nodes = new TreeSet<>();
        private final SortedMap<NodeId, Instant> departed = new TreeMap<>();
        private final Set<RrKey> foreign = new TreeSet<>();

        Reading(ZonePolicy policy) {
            this.policy = policy;
        }

        void take(RrSet set, Predicate<String> understood) {
            for (String data : set.data()) {
                if (Text.unquote(data).filter(understood).isEmpty()) {
                    foreign.add(set.key());
                }
            }
        }

        private boolean own(String words) {
            Matcher own = OWN.matcher(words);
            if (own.matches()) {
                String name = own.group(1).equals("@") ? policy.apex() : policy.name(own.group(1));
                owned.add(new RrKey(name, own.group(2)));
            }
            return own.matches();
        }

        private boolean node(String words) {
            Matcher node = NODE.matcher(words);
            if (node.matches()) {
                nodes.add(new NodeId(node.group(1)));
            }
            return node.matches();
        }

        private boolean left(String words, NodeId node) {
            Matcher left = DEPARTED.matcher(words);
            try {
                if (left.matches()) {
                    departed.put(node, Instant.parse(left.group(1)));
                }
                return left.matches();
            } catch (DateTimeParseException notATime) {
                return false;
            }
        }
    }
}
