package org.sipring.overlay.forming;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Greeting.Phase;

/**
 * The rules of how a platform comes to life. Pure.
 *
 * <p>A node joins a live member of its platform. Where none is live, the nodes that wait form the platform again when
 * together they are a majority of the newest roster among them: the lowest name forms, the others join it. Only
 * {@code --bootstrap} makes a new platform, only {@code --force-form} makes do with fewer, and nobody ever forms a
 * cluster of one in silence.
 */
final class Forming {
    private Forming() {}

    static Decision decide(Situation situation) {
        Optional<String> ours = situation.memory().map(Roster::platform);
        return ours.isPresent() ? again(situation, ours.get()) : newcomer(situation);
    }

    private static Decision again(Situation situation, String platform) {
        if (situation.wish() == Wish.BOOTSTRAP) {
            return new Decision.Refuse("--bootstrap makes a new platform, but this node is of platform " + platform
                    + ": start it without --bootstrap, or with an empty data directory");
        }
        List<Greeting> members = situation.heard(Phase.MEMBER);
        if (members.stream().anyMatch(heard -> heard.platform().equals(Optional.of(platform)))) {
            return new Decision.Join(platform);
        }
        if (!members.isEmpty()) {
            return foreign(members.get(0), platform);
        }
        return situation.wish() == Wish.FORCE_FORM ? new Decision.Form(platform) : majority(situation, platform);
    }

    private static Decision foreign(Greeting member, String platform) {
        return new Decision.Refuse("this node is of platform " + platform + ", but " + member.node()
                + " is of platform "
                + member.platform().orElse("?") + ": platforms never merge. To move this node over, give it an empty"
                + " data directory");
    }

    private static Decision majority(Situation situation, String platform) {
        Optional<NodeId> ahead = situation.heard(Phase.FORMING).stream()
                .filter(heard -> heard.platform().equals(Optional.of(platform)))
                .map(Greeting::node)
                .filter(other -> !situation.forming() || other.compareTo(situation.self()) < 0)
                .min(NodeId::compareTo);
        if (ahead.isPresent()) {
            return new Decision.Wait(ahead.get() + " is forming the platform", Set.of());
        }
        Map<NodeId, Roster> present = present(situation, platform);
        Set<NodeId> all = newest(present).names();
        Set<NodeId> here = new TreeSet<>(all);
        here.retainAll(present.keySet());
        if (2 * here.size() <= all.size()) {
            return few(here, all);
        }
        NodeId first = here.iterator().next();
        return first.equals(situation.self())
                ? new Decision.Form(platform)
                : new Decision.Wait(first + " is to form the platform", Set.of());
    }

    /** Everybody of this platform who is awake and in no cluster, this node included, with what they remember. */
    private static Map<NodeId, Roster> present(Situation situation, String platform) {
        Map<NodeId, Roster> present = new TreeMap<>();
        situation.memory().ifPresent(roster -> present.put(situation.self(), roster));
        for (Greeting heard : situation.heard()) {
            heard.roster()
                    .filter(roster -> roster.platform().equals(platform))
                    .ifPresent(roster -> present.put(heard.node(), roster));
        }
        return present;
    }

    /** Of equal generation, from the two sides of a partition, the larger roster asks for more. */
    private static Roster newest(Map<NodeId, Roster> present) {
        return present.values().stream()
                .max((one, other) -> one.generation() != other.generation()
                        ? Long.compare(one.generation(), other.generation())
                        : Integer.compare(one.seats().size(), other.seats().size()))
                .orElseThrow();
    }

    private static Decision few(Set<NodeId> here, Set<NodeId> all) {
        Set<NodeId> missing = new TreeSet<>(all);
        missing.removeAll(here);
        return new Decision.Wait(
                here.size() + " of " + all.size() + " members are here, more than half must be. Missing: " + missing
                        + ". If they will not return, start one node with --force-form",
                missing);
    }

    private static Decision newcomer(Situation situation) {
        Set<String> platforms = situation.heard(Phase.MEMBER).stream()
                .flatMap(heard -> heard.platform().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (platforms.size() > 1) {
            return new Decision.Refuse("members of different platforms answer (" + platforms
                    + "): let _sipring._tcp name one platform's members only");
        }
        if (situation.wish() == Wish.BOOTSTRAP) {
            return bootstrap(situation, platforms);
        }
        if (situation.wish() == Wish.FORCE_FORM) {
            return new Decision.Refuse(
                    "--force-form brings back a platform that this node was a member of, but its data"
                            + " directory remembers none: for a new platform use --bootstrap");
        }
        return platforms.isEmpty()
                ? new Decision.Wait(
                        "no live member of a platform is found; for the first node of a new one use --bootstrap",
                        Set.of())
                : new Decision.Join(platforms.iterator().next());
    }

    private static Decision bootstrap(Situation situation, Set<String> platforms) {
        if (!platforms.isEmpty() || situation.published() == Published.SOME) {
            return new Decision.Refuse(
                    "--bootstrap makes a new platform, but _sipring._tcp of this domain names members"
                            + " of one: start without --bootstrap to join it, or remove those records");
        }
        return situation.published() == Published.UNKNOWN
                ? new Decision.Wait(
                        "DNS does not answer: --bootstrap must know that no platform is published for this domain",
                        Set.of())
                : new Decision.Bootstrap();
    }

    /** Whether DNS names members of a platform. */
    enum Published {
        UNKNOWN,
        NONE,
        SOME
    }

    /**
     * What a node knows.
     *
     * @param self its name
     * @param memory what is on its disk
     * @param wish what the operator asked for
     * @param published what DNS says
     * @param heard the newest greeting of each node that was reached, never its own
     * @param forming whether this node has already said that it is forming
     */
    record Situation(
            NodeId self,
            Optional<Roster> memory,
            Wish wish,
            Published published,
            List<Greeting> heard,
            boolean forming) {
        List<Greeting> heard(Phase phase) {
            return heard.stream().filter(greeting -> greeting.phase() == phase).toList();
        }
    }
}
