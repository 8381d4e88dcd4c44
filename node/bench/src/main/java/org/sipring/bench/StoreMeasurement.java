package org.sipring.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipring.certs.Refusal;
import org.sipring.overlay.forming.Wish;
import org.sipring.runtime.SystemTime;

/** Measures the durable store, as a plan says. Everything it starts it ends. */
final class StoreMeasurement {
    private static final int REPLICAS = 3;
    private static final String DOMAIN = "sipring.test";
    private static final Duration IMPORT = Duration.ofMinutes(15);

    private final Path root;
    private final Path dir;
    private final StorePlan plan;
    private final PrintStream progress;
    private final InstantSource clock = SystemTime.clock();
    private final StoreFindings findings = new StoreFindings();

    StoreMeasurement(Path root, Path dir, StorePlan plan, PrintStream progress) {
        this.root = root;
        this.dir = dir;
        this.plan = plan;
        this.progress = progress;
    }

    StoreFindings run() throws IOException, InterruptedException, Refusal {
        DemoPlatform.Node left;
        Path files;
        try (DemoPlatform demo = DemoPlatform.start(root, dir, List.of("--nodes", Integer.toString(REPLICAS)))) {
            demo.untilKeptBy(REPLICAS);
            idle(demo);
            imported(demo);
            left = demo.nodes().get(0);
            files = demo.files();
        }
        lookups(files.resolve("nodes").resolve(left.id()), left.address());
        try (StoreGroup group = new StoreGroup(dir.resolve("writing"))) {
            written(group);
        }
        // Another one: who has no replica has all documents in memory, and those of 100 KB are many by now.
        try (StoreGroup group = new StoreGroup(dir.resolve("hearing"))) {
            heard(group);
        }
        return findings;
    }

    private void idle(DemoPlatform demo) throws IOException, InterruptedException {
        Usage before = Usage.of(demo.pids());
        TimeUnit.SECONDS.sleep(plan.idle());
        findings.idleShare = Usage.of(demo.pids()).since(before).seconds() / plan.idle();
        for (long pid : demo.pids()) {
            findings.idleBytes.add(resident(pid));
        }
        progress.println("idle nodes keep " + findings.idleBytes + " bytes resident, and use of a processor "
                + findings.idleShare);
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                .findFirst()
                .orElseThrow(() -> new IOException("process " + pid + " has ended"));
    }

    private void imported(DemoPlatform demo) throws IOException, InterruptedException {
        Path table = dir.resolve("accounts.csv");
        Files.write(table, AccountTable.lines(plan.accounts(), DOMAIN));
        Usage before = Usage.of(demo.pids());
        Instant begun = clock.instant();
        List<String> words = List.of(
                root.resolve("sipring").toString(),
                "account",
                "import",
                table.toString(),
                "--dir",
                demo.files().toString());
        try (Child command = Child.start(dir, "import", words)) {
            Usage used = command.use("the import", IMPORT);
            double seconds = Duration.between(begun, clock.instant()).toMillis() / 1e3;
            Usage nodes = Usage.of(demo.pids()).since(before);
            findings.imported = new StoreFindings.Import(plan.accounts(), seconds, nodes.seconds(), used.seconds());
        }
        progress.println(findings.imported);
        for (long pid : demo.pids()) {
            findings.fullBytes.add(resident(pid));
        }
    }

    // By a node of the platform that has ended: it has all accounts on its disk, and waits for the others' votes.
    private void lookups(Path identity, String address) throws IOException, InterruptedException {
        StoreNodeHouse.Site site =
                new StoreNodeHouse.Site(identity, identity.resolve("data"), address, true, Wish.FORCE_FORM, address);
        for (int megabytes : List.of(StoreChild.HEAP, StoreChild.SMALL_HEAP)) {
            try (StoreChild alone = StoreChild.start(dir, "alone", site, megabytes)) {
                alone.await("readable", "true"::equals);
                String all = DOMAIN + ' ' + plan.accounts();
                double first = Double.parseDouble(alone.ask("first " + all));
                Spread again = Spread.read(alone.ask("look " + all));
                findings.lookups.add(new StoreFindings.Lookup(megabytes, first, again));
            }
        }
        findings.lookups.forEach(progress::println);
    }

    private void written(StoreGroup group) throws IOException, InterruptedException, Refusal {
        group.keepers(1);
        write(group, 1);
        group.keepers(REPLICAS);
        write(group, REPLICAS);
        read(group);
    }

    private void heard(StoreGroup group) throws IOException, InterruptedException, Refusal {
        group.keepers(1);
        group.keepers(REPLICAS);
        group.mirror();
        group.leader(REPLICAS).ask(plan.loads().get(0).order(plan.fresh()));
        StoreHearing hearing = new StoreHearing(group, plan.hearing());
        findings.heard.addAll(hearing.alone());
        findings.heard.addAll(hearing.inTurns());
        findings.heard.addAll(hearing.inTheCrowd());
        findings.heard.forEach(progress::println);
    }

    private void write(StoreGroup group, int replicas) throws IOException, InterruptedException {
        StoreChild leader = group.leader(replicas);
        leader.ask(plan.loads().get(0).order(plan.fresh()));
        for (StorePlan.Load load : plan.loads()) {
            leader.ask(load.order(plan.warm()));
            Usage before = Usage.of(group.pids());
            Spread millis = Spread.read(leader.ask(load.order(plan.seconds())));
            Usage used = Usage.of(group.pids()).since(before);
            findings.writes.add(new StoreFindings.Writes(
                    replicas,
                    load,
                    (double) millis.count() / plan.seconds(),
                    millis,
                    used.seconds() * 1e6 / Math.max(1, millis.count())));
            progress.println(findings.writes.get(findings.writes.size() - 1));
        }
    }

    private void read(StoreGroup group) throws IOException, InterruptedException {
        StoreChild leader = group.leader(REPLICAS);
        for (StoreChild node : group.nodes()) {
            Spread millis = Spread.read(node.ask("catch-up " + plan.seconds()));
            findings.reads.add(new StoreFindings.Reads(node.equals(leader) ? "leads" : "keeps a replica", millis));
        }
        findings.reads.forEach(progress::println);
    }
}
