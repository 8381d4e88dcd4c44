package org.sipring.bench;

import static org.sipring.bench.Page.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes what was measured as Markdown. */
final class Report {
    private static final int PACKAGES = 8;

    private final Page page = new Page();

    private Report() {}

    static String of(Findings findings, Plan plan, Machine machine) {
        Report report = new Report();
        report.head(plan, machine);
        new CostTable(findings).write(report.page);
        new Curves(findings.curve).write(report.page);
        report.profiles(findings.profiles);
        report.memory(findings, plan);
        return report.page.toString();
    }

    private void head(Plan plan, Machine machine) {
        page.title("Benchmarks");
        page.paragraph(
                "Written by `node/bench/sipring-bench`, which anybody can run again: one node of Sipring beside Kamailio, both on loopback, both as registrar and transaction-stateful",
                "proxy with everything in memory, the same sipp load in turns. A figure is processor time of the server, user and system, for each attempt that succeeded: it bears",
                "a busy machine better than rates and wall-clock times do. The ratio is what counts.");
        page.list(List.of(
                "Machine: " + machine.processors() + ", " + machine.kernel() + ", load " + machine.load()
                        + " at the end",
                "Sipring: `./sipring demo --bench`, " + machine.java(),
                "Kamailio: " + machine.kamailio()
                        + ", two children, `-x fm -X fm` (the usual allocator is for debugging)",
                "Each load ran before it counted, " + plan.warm()
                        + " s on Sipring, whose code is compiled while it runs, " + plan.settle()
                        + " s on Kamailio; then " + plan.rounds() + " times in turns; the middle of these is told."));
    }

    private void profiles(List<Profile> profiles) {
        if (profiles.isEmpty()) {
            return;
        }
        page.section("Where the time goes");
        page.paragraph(
                "Processor time of Sipring's threads for one attempt, in microseconds, while Java's flight recorder watches (which costs a little itself):");
        List<String> groups = List.copyOf(new TreeSet<>(profiles.stream()
                .flatMap(profile -> profile.threads().keySet().stream())
                .toList()));
        List<String> head = new ArrayList<>(groups);
        head.add(0, "load");
        page.table(
                head, profiles.stream().map(profile -> threads(profile, groups)).toList());
        page.paragraph("Of the SIP loops' time in Java, by the package that was at work:");
        page.list(profiles.stream()
                .map(profile -> profile.load() + ": " + shares(profile.packages()))
                .toList());
    }

    private static List<String> threads(Profile profile, List<String> groups) {
        List<String> cells = new ArrayList<>(List.of(profile.load().toString()));
        groups.forEach(group -> cells.add(number(profile.threads().getOrDefault(group, 0.0), 0)));
        return cells;
    }

    private static String shares(Map<String, Double> packages) {
        return String.join(
                ", ",
                packages.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(PACKAGES)
                        .map(share -> share.getKey() + " " + number(share.getValue() * 100, 0) + " %")
                        .toList());
    }

    private void memory(Findings findings, Plan plan) {
        if (findings.bytesPerContact.isEmpty()) {
            return;
        }
        page.section("Memory");
        page.paragraph(
                "With " + plan.contacts() + " registered contacts and " + plan.connections()
                        + " idle TLS connections: of Sipring its live heap after a collection, of Kamailio its share of resident memory.");
        List<String> items = new ArrayList<>();
        findings.bytesPerContact.forEach((peer, bytes) -> items.add(peer + ": " + number(bytes, 0)
                + " bytes a contact, " + number(bytes * 100_000 / 1_000_000, 1) + " MB for 100,000"));
        items.add("Sipring: " + number(findings.bytesPerConnection / 1_000, 1) + " kB an idle TLS connection");
        page.list(items);
    }
}
