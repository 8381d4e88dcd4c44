package org.sipring.store.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sipring.certs.Authority;
import org.sipring.certs.IssueRequest;
import org.sipring.store.raft.Outsider;
import org.sipring.store.raft.StoreProcess;
import org.sipring.testkit.SimChance;

/** Machines whose replicas are one group. */
final class Machines implements AutoCloseable {
    private static final List<String> THREE = List.of("n1", "n2", "n3");
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(60);

    private final Path dir;
    private final Authority ca;
    private final List<String> replicas = new ArrayList<>();
    private final List<Machine> machines;

    /**
     * A document as it was read.
     *
     * @param revision its revision
     * @param value its content
     */
    record Seen(long revision, long value) {
        static final Seen NOTHING = new Seen(0, 0);

        static Optional<Seen> of(String answer) {
            String[] words = answer.split(" ", 2);
            return switch (words[0]) {
                case StoreProcess.NONE -> Optional.of(NOTHING);
                case "failed" -> Optional.empty();
                default -> Optional.of(new Seen(Long.parseLong(words[0]), Long.parseLong(words[1])));
            };
        }
    }

    Machines(Path dir) throws Exception {
        this(dir, THREE, disk -> List.of());
    }

    /**
     * Machines that are off.
     *
     * @param dir their disks are in it
     * @param names theirs, the founder's first
     * @param prefix what to run so that a process runs, with a disk
     */
    Machines(Path dir, List<String> names, Function<Path, List<String>> prefix) throws Exception {
        this.dir = dir;
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), new SimChance(1));
        for (String name : names) {
            replicas.add(StoreProcess.settle(dir.resolve(name), name, replicas.size()));
        }
        List<Machine> made = new ArrayList<>();
        for (String name : names) {
            made.add(new Machine(name, dir.resolve(name), identity(name), replicas, prefix.apply(dir.resolve(name))));
        }
        machines = List.copyOf(made);
    }

    private Path identity(String name) throws Exception {
        Path folder = dir.resolve("identity-" + name);
        ca.issue(new IssueRequest(name, List.of("proxy"), List.of("127.0.0.1"), IssueRequest.NODE_VALIDITY), folder);
        return folder;
    }

    Outsider outsider(String name, long seed) throws Exception {
        return new Outsider(replicas, identity(name), seed);
    }

    List<Machine> all() {
        return machines;
    }

    /** Starts all, and returns when they are a group. */
    void start() throws IOException, InterruptedException {
        for (Machine machine : machines) {
            machine.start();
        }
        untilWhole();
    }

    /** Kills all at once: none has the time to notice that another is gone. */
    void kill() throws InterruptedException {
        machines.forEach(Machine::strike);
        for (Machine machine : machines) {
            machine.kill();
        }
    }

    /** Waits until all agree on who leads all of them, and each has all that was written before. */
    void untilWhole() throws InterruptedException {
        long end = System.nanoTime() + WHOLE.toNanos();
        while (leader().isEmpty()
                || !machines.stream().allMatch(machine -> read(machine, "whole").isPresent())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no group of all again within a minute: " + leaders());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Set<String> leaders() {
        return machines.stream()
                .map(machine -> machine.ask("leader", ANSWER).orElse("no answer"))
                .collect(Collectors.toSet());
    }

    /** The one that all say leads all; empty while they do not. */
    Optional<Machine> leader() {
        Set<String> leaders = leaders();
        return leaders.size() > 1
                ? Optional.empty()
                : machines.stream()
                        .filter(machine -> leaders.contains(machine.name() + ' ' + machines.size()))
                        .findFirst();
    }

    /** As new as when it was asked for; empty where the machine cannot tell. */
    static Optional<Seen> read(Machine machine, String key) {
        return machine.ask("read " + key, ANSWER).flatMap(Seen::of);
    }

    /** What each replica has, in one line; waits until all have the same. */
    String untilEqual() throws InterruptedException {
        long end = System.nanoTime() + WHOLE.toNanos();
        Set<String> digests = digests();
        while (digests.size() > 1) {
            if (System.nanoTime() > end) {
                throw new AssertionError("replicas that are not equal: " + digests);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            digests = digests();
        }
        return digests.iterator().next();
    }

    private Set<String> digests() {
        return machines.stream()
                .map(machine -> machine.ask("digest", WHOLE).orElse("no answer of " + machine.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        machines.forEach(Machine::close);
    }
}
