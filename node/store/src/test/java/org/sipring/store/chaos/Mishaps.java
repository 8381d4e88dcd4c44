package org.sipring.store.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.sipring.testkit.SimChance;

/** What happens to the machines, one thing after the other, each when they are whole again. Lives in one thread. */
final class Mishaps {
    private static final Duration WRITES = Duration.ofSeconds(60);
    // So that whoever led finds somebody else in its place.
    private static final int HANGS_ON_MILLIS = 3_000;
    private static final int PAUSE_MILLIS = 1_000;
    private static final int AT_ONCE_PERCENT = 40;

    private final Machines machines;
    private final Pulse pulse;
    private final SimChance chance;
    private final Outages leaderKilled = new Outages("kill -9 of the leader");
    private final Outages leaderHung = new Outages("SIGSTOP of the leader");
    private final Outages otherKilled = new Outages("kill -9 of another");
    private final Outages otherHung = new Outages("SIGSTOP of another");
    private final Outages allKilled = new Outages("kill -9 of all, from their new start");

    /**
     * How much is to happen: to the leader, then to anybody, then to all.
     *
     * @param kills how often the leader is killed, and then how often anybody is
     * @param hangs how often the leader hangs, and then how often anybody does
     * @param all how often all are killed at once
     */
    record Plan(int kills, int hangs, int all) {}

    Mishaps(Machines machines, Pulse pulse, long seed) {
        this.machines = machines;
        this.pulse = pulse;
        chance = new SimChance(seed);
    }

    void play(Plan plan) throws Exception {
        for (int round = 0; round < plan.kills; round++) {
            kill(leader());
        }
        for (int round = 0; round < plan.hangs; round++) {
            hang(leader());
        }
        for (int round = 0; round < plan.kills; round++) {
            kill(anybody());
        }
        for (int round = 0; round < plan.hangs; round++) {
            hang(anybody());
        }
        for (int round = 0; round < plan.all; round++) {
            killAll();
        }
        List.of(leaderKilled, leaderHung, otherKilled, otherHung, allKilled).stream()
                .filter(outages -> !outages.times().isEmpty())
                .forEach(Outages::print);
    }

    /** How long it took until another led, however the leader was lost. */
    Outages elections() {
        return new Outages(
                "loss of the leader",
                Stream.of(leaderKilled, leaderHung)
                        .flatMap(outages -> outages.times().stream())
                        .toList());
    }

    int kills() {
        return leaderKilled.times().size()
                + otherKilled.times().size()
                + allKilled.times().size() * machines.all().size();
    }

    private Machine leader() {
        return machines.leader().orElseThrow();
    }

    private Machine anybody() {
        return machines.all().get(chance.below(machines.all().size()));
    }

    private void kill(Machine victim) throws Exception {
        Outages outages = victim.equals(leader()) ? leaderKilled : otherKilled;
        boolean atOnce = chance.percent(AT_ONCE_PERCENT);
        long begun = System.nanoTime();
        victim.kill();
        CompletableFuture<Long> next = pulse.next();
        if (atOnce) {
            victim.start();
            note(outages, begun, next, victim);
        } else {
            note(outages, begun, next, victim);
            pause(PAUSE_MILLIS);
            victim.start();
        }
        recover();
    }

    private void hang(Machine victim) throws Exception {
        Outages outages = victim.equals(leader()) ? leaderHung : otherHung;
        long begun = System.nanoTime();
        victim.hang();
        CompletableFuture<Long> next = pulse.next();
        try {
            note(outages, begun, next, victim);
            pause(HANGS_ON_MILLIS);
        } finally {
            victim.resume();
        }
        recover();
    }

    private void killAll() throws Exception {
        machines.kill();
        long begun = System.nanoTime();
        CompletableFuture<Long> next = pulse.next();
        for (Machine machine : machines.all()) {
            machine.start();
        }
        note(allKilled, begun, next, machines.all().get(0));
        recover();
    }

    private static void note(Outages outages, long begun, CompletableFuture<Long> next, Machine victim)
            throws ExecutionException, InterruptedException, TimeoutException {
        Duration took = Duration.ofNanos(next.get(WRITES.toSeconds(), TimeUnit.SECONDS) - begun);
        System.out.printf("%s (%s): %d ms%n", outages.after(), victim.name(), took.toMillis());
        outages.times().add(took);
    }

    private void recover() throws InterruptedException {
        machines.untilWhole();
        pause(PAUSE_MILLIS);
    }

    private void pause(int mostMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(mostMillis / 2 + chance.below(mostMillis / 2));
    }
}
