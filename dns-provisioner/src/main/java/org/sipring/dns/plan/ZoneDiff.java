package org.sipring.dns.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.NodeId;
import org.sipring.dns.zone.Address;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/**
 * What turns the zone as read into the zone as planned: only what changed, and never an RRset that Sipring did not
 * create. What does not fit into one DNS message is left for the next diff; every step by itself leaves a zone that
 * names no unknown host.
 *
 * @param prerequisites that RRsets about to be created do not exist: a stranger may have come first
 * @param changes in order; empty when the zone is as planned, apart from foreign RRsets
 * @param foreign the RRsets of others in places that Sipring needs; left alone
 */
public record ZoneDiff(List<Update.Prerequisite> prerequisites, List<Update.Change> changes, Set<RrKey> foreign) {
    /** Octets of changes in one update; leaves room for registries, fence and TSIG in a message of 64 KiB. */
    static final int ROOM = 24 * 1024;

    private static final int BOOKKEEPING = 200;

    /** Every key whose content must be known to take a diff. */
    static Set<RrKey> needs(ZonePlan plan, Registry registry, ZonePolicy policy) {
        Set<RrKey> keys = new HashSet<>(registry.keys(policy));
        keys.addAll(plan.sets().keySet());
        keys.addAll(
                Registry.write(plan.sets().keySet(), plan.departed(), policy).keySet());
        return keys;
    }

    static ZoneDiff of(ZonePlan plan, Zone zone, Registry registry, ZonePolicy policy) {
        return new Draft(plan, zone, registry, policy).diff();
    }

    /**
     * The names that would change, for people.
     *
     * @return each name once, with commas between
     */
    public String names() {
        return changes.stream().map(Update.Change::name).distinct().collect(Collectors.joining(", "));
    }

    /**
     * Tells whether two RRsets of one name and type say the same.
     *
     * @param one as found
     * @param other as wanted
     * @return true for equal TTL and data, IPv6 addresses in whatever spelling
     */
    public static boolean same(RrSet one, RrSet other) {
        return one.ttl() == other.ttl() && spelled(one).equals(spelled(other));
    }

    private static Set<String> spelled(RrSet set) {
        return !set.key().type().equals("AAAA")
                ? set.data()
                : set.data().stream()
                        .map(data -> Address.parse(data).map(Address::text).orElse(data))
                        .collect(Collectors.toSet());
    }

    /** One comparison. Used once, by one thread. */
    private static final class Draft {
        private final ZonePlan plan;
        private final Zone zone;
        private final ZonePolicy policy;
        private final Registry registry;
        private final Set<RrKey> foreign;
        private final List<Update.Change> steps = new ArrayList<>();
        private final Set<RrKey> owned;

        Draft(ZonePlan plan, Zone zone, Registry registry, ZonePolicy policy) {
            this.plan = plan;
            this.zone = zone;
            this.policy = policy;
            this.registry = registry;
            this.foreign = new TreeSet<>(registry.foreign());
            this.owned = new HashSet<>(registry.owned());
        }

        ZoneDiff diff() {
            if (!registry.lost(policy)) {
                strangersAmongRegistries();
                plan.sets().values().stream().filter(set -> !frozen(set.key())).forEach(this::want);
                registry.owned().stream()
                        .filter(key -> !frozen(key) && !plan.sets().containsKey(key))
                        .forEach(key -> steps.add(new Update.Delete(key)));
            }
            return fitting();
        }

        /** A registry that the platform's registry does not know was made by somebody else. */
        private void strangersAmongRegistries() {
            for (RrKey key : needs(plan, registry, policy)) {
                Optional<NodeId> node = Registry.home(key, policy);
                if (node.isPresent()
                        && key.equals(policy.registry(node.get()))
                        && zone.at(key).isPresent()
                        && !registry.nodes().contains(node.get())) {
                    foreign.add(key);
                }
            }
        }

        /** Without its registry, nobody knows who owns an RRset. */
        private boolean frozen(RrKey key) {
            return Registry.home(key, policy)
                    .map(policy::registry)
                    .filter(foreign::contains)
                    .isPresent();
        }

        private void want(RrSet set) {
            Optional<RrSet> now = zone.at(set.key());
            if (now.isPresent() && !owned.contains(set.key())) {
                foreign.add(set.key());
            } else if (now.filter(there -> same(there, set)).isEmpty()) {
                steps.add(new Update.Replace(set));
            }
        }

        private ZoneDiff fitting() {
            List<Update.Prerequisite> prerequisites = new ArrayList<>();
            List<Update.Change> changes = new ArrayList<>();
            steps.sort(Comparator.comparingInt(this::rank));
            int room = ROOM;
            for (Update.Change step : steps) {
                room -= size(step);
                if (room < 0 && !changes.isEmpty()) {
                    break;
                }
                changes.add(step);
                absent(step).ifPresent(prerequisites::add);
                own(step);
            }
            if (!registry.lost(policy)) {
                changes.addAll(bookkeeping());
            }
            return new ZoneDiff(prerequisites, changes, foreign);
        }

        /** The joinable nodes first: permission to write follows from them. Addresses before what points at them. */
        private int rank(Update.Change step) {
            if (step instanceof Update.Replace replace) {
                RrKey key = replace.rrSet().key();
                return key.equals(policy.joinable()) ? 0 : key.type().startsWith("A") ? 1 : 2;
            }
            return 3;
        }

        /** A generous guess, with what creation and removal change in a registry. */
        private int size(Update.Change step) {
            if (step instanceof Update.Replace replace) {
                int data = replace.rrSet().data().stream()
                        .mapToInt(text -> text.length() + 16)
                        .sum();
                return absent(step).isPresent() ? data + BOOKKEEPING : data;
            }
            return BOOKKEEPING;
        }

        private Optional<Update.Prerequisite> absent(Update.Change step) {
            return step instanceof Update.Replace replace
                            && zone.at(replace.rrSet().key()).isEmpty()
                    ? Optional.of(new Update.Absent(replace.rrSet().key()))
                    : Optional.empty();
        }

        private void own(Update.Change step) {
            if (step instanceof Update.Replace replace) {
                owned.add(replace.rrSet().key());
            } else if (step instanceof Update.Delete delete) {
                owned.remove(delete.key());
            }
        }

        private List<Update.Change> bookkeeping() {
            TreeMap<RrKey, RrSet> wanted = new TreeMap<>(Registry.write(owned, departed(), policy));
            registry.nodes().stream()
                    .map(policy::registry)
                    .filter(foreign::contains)
                    .forEach(key -> zone.at(key).ifPresent(set -> wanted.put(key, set)));
            List<Update.Change> changes = new ArrayList<>();
            for (Map.Entry<RrKey, RrSet> entry : wanted.entrySet()) {
                if (zone.at(entry.getKey())
                        .filter(now -> same(now, entry.getValue()))
                        .isEmpty()) {
                    changes.add(new Update.Replace(entry.getValue()));
                }
            }
            registries()
                    .filter(key -> !wanted.containsKey(key) && zone.at(key).isPresent())
                    .forEach(key -> changes.add(new Update.Delete(key)));
            return changes;
        }

        private Stream<RrKey> registries() {
            return Stream.concat(
                    Stream.of(policy.registry(), policy.roster()),
                    registry.nodes().stream().map(policy::registry));
        }

        private Map<NodeId, Instant> departed() {
            return plan.departed().entrySet().stream()
                    .filter(entry -> !foreign.contains(policy.registry(entry.getKey())))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }
}
