package org.sipring.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.status.StatusClient;
import org.sipring.certs.Refusal;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.Shutdown;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.Wait;
import org.sipring.runtime.settings.HttpSettings;
import org.sipring.runtime.settings.SipSettings.RecordRoute;

/** {@code sipring demo}, from start to Ctrl-C. */
public final class Demo {
    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final DemoPlan plan;
    private final PrintStream out;
    private final PrintStream progress;
    private final Chance chance = new SystemChance();
    private volatile boolean stopping;

    private Demo(DemoPlan plan, PrintStream out, PrintStream progress) {
        this.plan = plan;
        this.out = out;
        this.progress = progress;
    }

    /**
     * A platform of equal nodes.
     *
     * @param dir where its files are; an existing folder is the same platform again
     * @param nodes how many
     * @param recordRoute what Record-Route names
     * @param out the screen, which other programs may read
     * @param progress hears how start and end come along
     * @return the demo, not started
     */
    public static Demo platform(Path dir, int nodes, RecordRoute recordRoute, PrintStream out, PrintStream progress) {
        return new Demo(DemoPlan.platform(dir, nodes, recordRoute), out, progress);
    }

    /**
     * A platform as the target of load tests.
     *
     * @param dir where its files are
     * @param nodes how many
     * @param digest whether phones must authenticate
     * @param out the screen, which other programs may read
     * @param progress hears how start and end come along
     * @return the demo, not started
     */
    public static Demo bench(Path dir, int nodes, boolean digest, PrintStream out, PrintStream progress) {
        return new Demo(DemoPlan.bench(dir, nodes, digest), out, progress);
    }

    /**
     * Runs it.
     *
     * @param check place one call and stop, instead of staying until the process is told to end
     * @return false when the call failed
     * @throws IOException when the disk fails
     * @throws Refusal when the identities under the folder cannot be used
     */
    public boolean run(boolean check) throws IOException, Refusal {
        @Nullable DemoLock lock = DemoLock.take(plan.layout());
        if (lock == null) {
            throw new CommandFailure(
                    "a demo is already running in " + plan.layout().dir() + "; stop it first");
        }
        try (lock) {
            return locked(check);
        }
    }

    private boolean locked(boolean check) throws IOException, Refusal {
        List<DemoAccount> accounts = new DemoAccounts(plan, chance).prepare();
        new DemoIdentities(plan, chance, SystemTime.clock()).prepare();
        DemoFiles files = new DemoFiles(plan, chance);
        files.writeKey();
        files.writeConfigurations();
        try (Rooms rooms = new Rooms()) {
            return run(new DemoProbe(plan, rooms.open("demo-dns"), chance), accounts, check);
        }
    }

    private boolean run(DemoProbe probe, List<DemoAccount> accounts, boolean check) throws IOException {
        DemoPlatform platform = new DemoPlatform(plan, probe, out, progress);
        // Ctrl-C and SIGTERM end the Java machine; the children must end before it does.
        Shutdown end = Shutdown.run("demo-stop", () -> stop(platform));
        try {
            platform.start(accounts);
            return check ? call(probe, accounts) : stay(platform, accounts);
        } finally {
            end.close();
            stop(platform);
        }
    }

    private boolean call(DemoProbe probe, List<DemoAccount> accounts) {
        try {
            new DemoCheck(plan, probe.router(), chance, out).run(accounts);
            return true;
        } catch (CommandFailure failure) {
            out.println("FAILED: " + failure.getMessage() + "; the nodes' logs are in "
                    + plan.layout().logs());
            return false;
        }
    }

    private boolean stay(DemoPlatform platform, List<DemoAccount> accounts) throws IOException {
        new DemoScreen(out).print(plan, platform.children(), roles(), accounts, zone());
        platform.announce();
        Wait.until(FOREVER, () -> {
            try {
                platform.mind();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return stopping;
        });
        return true;
    }

    private Map<String, String> roles() throws IOException {
        Map<String, String> roles = new HashMap<>();
        for (JsonNode member : new ObjectMapper().readTree(ask("/status")).path("members")) {
            List<String> names = new ArrayList<>();
            member.path("roles").forEach(role -> names.add(role.asText()));
            roles.put(member.path("id").asText(), String.join(",", names));
        }
        return roles;
    }

    private List<String> zone() {
        return ask("/dns/show").lines().toList();
    }

    private String ask(String path) {
        List<String> nodes = plan.nodes().stream()
                .map(node -> node.address() + ":" + HttpSettings.PORT)
                .toList();
        return new StatusClient().ask(nodes, path).text();
    }

    private void stop(DemoPlatform platform) {
        stopping = true;
        try {
            platform.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has a running demo start a dead node again, and waits until it did.
     *
     * @param dir the demo's folder
     * @param node the node's name
     * @param out where to say so
     * @throws IOException when the disk fails
     */
    public static void startNode(Path dir, String node, PrintStream out) throws IOException {
        DemoLayout layout = new DemoLayout(dir);
        JsonNode before = DemoDirectory.contract(dir);
        if (!DemoLock.held(layout)) {
            throw new CommandFailure("no demo runs in " + dir + "; start it with: ./sipring demo --dir " + dir);
        }
        long old = DemoJson.pid(before, node);
        if (old == 0) {
            throw new CommandFailure("this demo has no node '" + node + "'; see " + layout.json());
        }
        if (ProcessHandle.of(old).isPresent()) {
            throw new CommandFailure(node + " is running already, pid " + old);
        }
        new DemoWishes(layout).wish(node);
        boolean started = Wait.until(START_LIMIT, () -> pidNow(dir, node) != old);
        if (!started) {
            throw new CommandFailure("the demo in " + dir + " did not start " + node + "; is it stopped?");
        }
        out.printf("%s started, pid %d%n", node, pidNow(dir, node));
    }

    private static long pidNow(Path dir, String node) {
        try {
            return DemoJson.pid(DemoDirectory.contract(dir), node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
