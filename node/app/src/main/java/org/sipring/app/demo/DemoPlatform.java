package org.sipring.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.sipring.app.demo.DemoPlan.DemoNode;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.Wait;

/** Starts the demo's processes, waits until DNS shows all of them, and minds them until the end. */
final class DemoPlatform {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration SERVER_LIMIT = Duration.ofSeconds(20);
    private static final String NAME_SERVER = "dns";

    private final DemoPlan plan;
    private final DemoProbe probe;
    private final Children children;
    private final PrintStream out;
    private final PrintStream progress;
    private final Set<String> seenReady = new HashSet<>();
    private final Map<String, Boolean> seenAlive = new HashMap<>();
    private List<DemoAccount> accounts = List.of();

    /**
     * A platform that is not started.
     *
     * @param out the screen
     * @param progress hears how start and end come along
     */
    DemoPlatform(DemoPlan plan, DemoProbe probe, PrintStream out, PrintStream progress) {
        this.plan = plan;
        this.probe = probe;
        this.out = out;
        this.progress = progress;
        this.children = new Children(plan.layout());
    }

    Children children() {
        return children;
    }

    List<DemoAccount> accounts() {
        return accounts;
    }

    /** Brings everything up. Throws {@link CommandFailure} when a process ends or time runs out. */
    void start(List<DemoAccount> demoAccounts) throws IOException {
        accounts = demoAccounts;
        children.endLeftovers();
        Files.deleteIfExists(plan.layout().json());
        new DemoWishes(plan.layout()).take();
        out.printf(
                "starting %d node(s) under %s ...%n",
                plan.nodes().size(), plan.layout().dir());
        startNameServer();
        boolean first = plan.nodes().stream().noneMatch(this::hasLivedBefore);
        for (DemoNode node : plan.nodes()) {
            startNode(node, first && node.equals(plan.nodes().get(0)));
        }
        await("the platform in DNS", READY_LIMIT, this::allInService);
    }

    /** Tells other programs that the platform is ready. */
    void announce() throws IOException {
        DemoJson.write(plan, children, accounts);
    }

    private boolean hasLivedBefore(DemoNode node) {
        return Files.isDirectory(plan.layout().identity(node.id()).resolve("data"));
    }

    private void startNameServer() {
        if (probe.nameServerAnswers()) {
            throw new CommandFailure("somebody answers at " + plan.dns() + " already, perhaps a demo in another folder:"
                    + " stop it first. A demo's addresses are fixed, so that a machine runs one at a time");
        }
        children.start(
                NAME_SERVER,
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(
                        "dns-server",
                        "--zone",
                        plan.domain(),
                        "--tsig",
                        plan.layout().tsig().toString(),
                        "--listen",
                        plan.dns(),
                        "--data",
                        plan.layout().zone().toString()));
        await("the name server at " + plan.dns(), SERVER_LIMIT, probe::nameServerAnswers);
        progress.printf("  the name server answers at %s%n", plan.dns());
    }

    private void startNode(DemoNode node, boolean bootstrap) {
        Path identity = plan.layout().identity(node.id());
        List<String> arguments = new ArrayList<>(List.of("node", "--identity", identity.toString()));
        arguments.addAll(List.of("--config", plan.layout().config(node.id()).toString()));
        if (bootstrap) {
            arguments.add("--bootstrap");
        }
        children.start(node.id().value(), jvm(node), arguments);
        seenAlive.put(node.id().value(), true);
    }

    private List<String> jvm(DemoNode node) {
        return plan.bench()
                ? List.of(
                        "-Xms2g",
                        "-Xmx2g",
                        "-XX:+UseG1GC",
                        "-XX:MaxGCPauseMillis=25",
                        "-XX:MaxTenuringThreshold=0",
                        "-Xlog:gc:file=" + plan.layout().collections(node.id()),
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:MaxDirectMemorySize=256m")
                : List.of(
                        "-Xms112m",
                        "-Xmx112m",
                        "-XX:+UseSerialGC",
                        // Compiled once, not twice: a demo lives shortly, and its nodes start side by side.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xss512k",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:ReservedCodeCacheSize=64m");
    }

    private boolean allInService() {
        for (DemoNode node : plan.nodes()) {
            String name = node.id().value();
            if (!seenReady.contains(name) && probe.ready(node)) {
                seenReady.add(name);
                progress.printf(
                        "  %s is ready (%d of %d)%n",
                        name, seenReady.size(), plan.nodes().size());
            }
        }
        Set<String> expected =
                plan.nodes().stream().map(DemoNode::address).collect(Collectors.toCollection(TreeSet::new));
        return seenReady.size() == plan.nodes().size()
                && probe.published().equals(expected)
                && plan.nodes().stream().allMatch(probe::ready);
    }

    private void await(String what, Duration limit, BooleanSupplier done) {
        boolean came = Wait.until(limit, () -> {
            failIfAnyEnded();
            return done.getAsBoolean();
        });
        if (!came) {
            throw new CommandFailure("%s did not come within %d s; see the logs in %s"
                    .formatted(what, limit.toSeconds(), plan.layout().logs()));
        }
    }

    private void failIfAnyEnded() {
        for (String name : children.fallen()) {
            throw new CommandFailure("%s ended while starting; its last lines (%s):%n%s"
                    .formatted(name, plan.layout().log(name), tail(name)));
        }
    }

    private String tail(String name) {
        try {
            List<String> lines = Files.readAllLines(plan.layout().log(name));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e + ")";
        }
    }

    /** Looks once after the children and the wishes of {@code start-node}. */
    void mind() throws IOException {
        for (String name : children.fallen()) {
            if (seenAlive.getOrDefault(name, false)) {
                seenAlive.put(name, false);
                out.printf(
                        "%s has ended; ./sipring demo start-node %s --dir %s starts it again%n",
                        name, name, plan.layout().dir());
            }
        }
        for (String wish : new DemoWishes(plan.layout()).take()) {
            restart(wish);
        }
    }

    private void restart(String name) throws IOException {
        for (DemoNode node : plan.nodes()) {
            if (node.id().value().equals(name) && !children.alive(name)) {
                startNode(node, false);
                DemoJson.write(plan, children, accounts);
                out.printf(
                        "%s started again, pid %d%n", name, children.pid(name).orElse(0L));
            }
        }
    }

    void stop() throws IOException {
        Files.deleteIfExists(plan.layout().json());
        children.stop(progress);
    }
}
