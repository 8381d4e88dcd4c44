package org.sipring.app.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.Weather;

/** What happens to a world, at random. */
final class Fate {
    private static final Duration FIRST = Duration.ofSeconds(8);
    private static final Duration LEAVING = Duration.ofSeconds(2);
    private static final int CLOCK_JUMP_SECONDS = 30;

    private final Ground ground;
    private final World world;
    private final NameServer primary;
    private final SimChance chance;
    private final SimTicker ticker;
    private final List<Runnable> lots = new ArrayList<>();
    private boolean resting;

    Fate(Ground ground, World world, NameServer primary) {
        this.ground = ground;
        this.world = world;
        this.primary = primary;
        this.chance = ground.chance().split();
        this.ticker = ground.fate();
        lots(6, this::join);
        lots(1, () -> withSomebody(this::leave));
        lots(3, () -> withSomebody(this::crash));
        lots(2, () -> withSomebody(this::hang));
        lots(2, this::partition);
        lots(1, this::cutOneWay);
        lots(1, () -> withSomebody(this::jump));
        lots(1, this::powerCut);
        lots(1, this::outage);
        lots(1, this::badManners);
        lots(1, this::storm);
        ticker.after(FIRST, this::strike);
    }

    private void lots(int number, Runnable event) {
        for (int i = 0; i < number; i++) {
            lots.add(event);
        }
    }

    private void strike() {
        if (!resting) {
            lots.get(chance.below(lots.size())).run();
            ticker.after(millis(200, 6000), this::strike);
        }
    }

    /** Undoes what can be undone, and makes sure that there is a platform, with somebody who may manage. */
    void rest() {
        resting = true;
        ground.network().mend();
        ground.network().turn(Weather.FAIR);
        primary.behave(NameServer.Manners.GOOD);
        primary.back();
        world.alive().forEach(node -> node.overlay().host().resume());
        world.alive().stream().filter(WorldNode::draining).forEach(this::depart);
        if (chance.percent(50) || world.alive().stream().noneMatch(WorldNode::mayManage) || !anyJoined()) {
            world.dead().forEach(world::start);
        }
    }

    // Without a live one, only a majority of the last roster may form the platform again.
    private boolean anyJoined() {
        return !ground.cluster().sides().isEmpty();
    }

    private void join() {
        List<NodeId> dead = world.dead();
        if (!dead.isEmpty()) {
            world.start(dead.get(chance.below(dead.size())));
        }
    }

    // As the program does: who was never in service has nothing to drain.
    private void leave(WorldNode node) {
        if (!node.ready()) {
            depart(node);
            return;
        }
        say(node, "drains");
        node.overlay().announce(NodeState.DRAINING);
        ticker.after(LEAVING, () -> depart(node));
    }

    private void depart(WorldNode node) {
        if (node.running()) {
            say(node, "leaves");
            world.leave(node);
        }
    }

    private void crash(WorldNode node) {
        say(node, "dies");
        world.kill(node);
    }

    private void powerCut() {
        ground.trace().say("power", "is cut");
        world.powerCut();
        later(100, 5000, () -> {
            ground.trace().say("power", "is back");
            world.dead().forEach(world::start);
        });
    }

    private void hang(WorldNode node) {
        say(node, "hangs");
        world.truth().disturb(node);
        node.overlay().host().hang();
        later(500, 15_000, () -> {
            say(node, "goes on");
            world.truth().disturb(node);
            node.overlay().host().resume();
        });
    }

    private void partition() {
        List<NodeId> others = new ArrayList<>(world.names());
        List<NodeId> side = new ArrayList<>(List.of(others.remove(chance.below(others.size()))));
        others.stream().filter(node -> chance.percent(40)).forEach(side::add);
        others.removeAll(side);
        boolean withoutDns = chance.percent(30);
        ground.trace().say("network", "parts " + side + " from " + others + (withoutDns ? " and the name server" : ""));
        ground.network().part(side, others);
        if (withoutDns) {
            ground.network().part(side, List.of(NameServer.NAME));
        }
        mendLater();
    }

    private void cutOneWay() {
        List<NodeId> names = new ArrayList<>(world.names());
        NodeId from = names.remove(chance.below(names.size()));
        NodeId to = names.get(chance.below(names.size()));
        ground.trace().say("network", "loses what " + from + " sends to " + to);
        ground.network().cut(from, to);
        mendLater();
    }

    private void mendLater() {
        world.alive().forEach(world.truth()::disturb);
        later(1000, 40_000, () -> {
            ground.trace().say("network", "is whole");
            world.alive().forEach(world.truth()::disturb);
            ground.network().mend();
        });
    }

    private void jump(WorldNode node) {
        Duration by = Duration.ofSeconds(chance.below(2 * CLOCK_JUMP_SECONDS) - CLOCK_JUMP_SECONDS);
        say(node, "has its clock moved by " + by.toSeconds() + " s");
        world.calls().clockJumped();
        node.overlay().host().jump(by);
    }

    private void outage() {
        boolean off = chance.percent(50);
        ground.trace().say(NameServer.NAME, off ? "is off" : "hangs");
        if (off) {
            primary.off();
        } else {
            primary.hang();
        }
        later(1000, 60_000, () -> {
            ground.trace().say(NameServer.NAME, "is back");
            world.truth().trouble();
            primary.back();
        });
    }

    private void badManners() {
        ground.trace().say(NameServer.NAME, "gets updates late, twice, and answers get lost");
        primary.behave(NameServer.Manners.BAD);
        later(5000, 40_000, () -> primary.behave(NameServer.Manners.GOOD));
    }

    private void storm() {
        ground.trace().say("network", "is slow and loses messages");
        ground.network().turn(Weather.FOUL);
        later(2000, 20_000, () -> ground.network().turn(Weather.FAIR));
    }

    private void later(int least, int most, Runnable end) {
        ticker.after(millis(least, most), () -> {
            if (!resting) {
                end.run();
            }
        });
    }

    private void withSomebody(Consumer<WorldNode> event) {
        List<WorldNode> running =
                world.alive().stream().filter(WorldNode::running).toList();
        if (!running.isEmpty()) {
            event.accept(running.get(chance.below(running.size())));
        }
    }

    private void say(WorldNode node, String what) {
        ground.trace().say(node, what);
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + chance.below(most - least));
    }
}
