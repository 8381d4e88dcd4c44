package org.sipring.app.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sipring.api.NodeId;
import org.sipring.api.Ring;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.plan.ZonePlanner;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.proxy.registrar.Bindings;

/** What must be true once a world has rested. */
final class Peace {
    private static final int KEYS = 500;

    private final Ground ground;
    private final World world;
    private final NameServer primary;

    Peace(Ground ground, World world, NameServer primary) {
        this.ground = ground;
        this.world = world;
        this.primary = primary;
    }

    void check() {
        List<View> views =
                world.alive().stream().map(node -> node.overlay().view()).toList();
        everybodySeesWhoIsThere(views);
        everybodyIsReady();
        everybodyNamesTheSameOwners(views);
        theZoneIsAsPlanned(views.get(0));
        world.phones().acknowledged().forEach(this::isFoundFromEverywhere);
    }

    private void everybodySeesWhoIsThere(List<View> views) {
        Set<NodeId> there = world.alive().stream().map(WorldNode::id).collect(Collectors.toCollection(TreeSet::new));
        for (View view : views) {
            require(ids(view).equals(there), "a node sees " + ids(view) + ", but there are " + there);
        }
    }

    private static Set<NodeId> ids(View view) {
        return view.members().stream().map(member -> member.id()).collect(Collectors.toCollection(TreeSet::new));
    }

    private void everybodyIsReady() {
        for (WorldNode node : world.alive()) {
            require(node.ready(), node + " is not in service");
        }
    }

    private void everybodyNamesTheSameOwners(List<View> views) {
        List<List<Optional<NodeId>>> owners = views.stream()
                .map(view -> Ring.of(view, RoleName.PROXY))
                .map(ring -> IntStream.range(0, KEYS)
                        .mapToObj(key -> ring.owner("user" + key + "@sipring.test"))
                        .toList())
                .distinct()
                .toList();
        require(owners.size() == 1, "nodes name different owners");
        require(owners.get(0).stream().allMatch(Optional::isPresent), "keys have no owner");
    }

    private void theZoneIsAsPlanned(View view) {
        Map<RrKey, RrSet> planned = ZonePlanner.plan(view, WorldNode.POLICY).sets();
        planned.forEach((key, wanted) -> {
            Optional<RrSet> found = primary.zone().get(key);
            require(found.equals(Optional.of(wanted)), "the zone has " + found + " instead of " + wanted);
        });
        primary.zone().sets().keySet().stream()
                .filter(key -> !planned.containsKey(key))
                .forEach(key -> require(beyondThePlan(key), "the zone still has " + key));
    }

    // The zone's own, the manager's bookkeeping, and edge names: those of nodes that left lead to survivors for a day.
    private static boolean beyondThePlan(RrKey key) {
        return key.name().equals("sipring.test.")
                || key.name().startsWith("_sipring-")
                || key.name().contains(".edge.");
    }

    private void isFoundFromEverywhere(Phone phone) {
        for (WorldNode node : world.alive()) {
            Optional<Bindings> found = ground.time().until(node.bindings().get(phone.aor()));
            require(
                    found.filter(bindings -> world.phones().has(bindings, phone))
                            .isPresent(),
                    node + " does not find the acknowledged binding of " + phone.aor());
        }
    }

    private void require(boolean holds, String rule) {
        ground.judge().require(holds, rule);
    }
}
