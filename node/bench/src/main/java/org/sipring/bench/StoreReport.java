package org.sipring.bench;

import static org.sipring.bench.Page.number;

import java.util.List;
import java.util.stream.Collectors;

/** Writes what was measured of the durable store as a chapter in Markdown. */
final class StoreReport {
    /** Its heading. */
    static final String HEADING = "The durable store";

    private final Page page = new Page();
    private final StoreFindings findings;

    private StoreReport(StoreFindings findings) {
        this.findings = findings;
    }

    static String of(StoreFindings findings, Machine machine) {
        StoreReport report = new StoreReport(findings);
        report.head(machine);
        report.imported();
        report.written();
        report.heard();
        return report.page.toString();
    }

    private void head(Machine machine) {
        page.section(HEADING);
        page.paragraph(
                "Written by `node/bench/sipring-bench store`, in some ten minutes: the documents of three nodes on their disks, over mutual TLS, all processes on the same processors. Wall-clock times",
                "bear no busy machine; processor time is that of all threads, also of Java's compiler.");
        page.list(List.of(
                "Machine: " + machine.processors() + ", " + machine.kernel() + ", load " + machine.load()
                        + " before it began",
                machine.java()));
    }

    private void imported() {
        StoreFindings.Import done = findings.imported;
        page.subsection("Accounts");
        page.list(List.of(
                "Import: %d accounts by `sipring account import` into three nodes of `sipring demo`, whose Java has 112 MB each and compiles once: %s s, %s a second, with %s s of processor time of the nodes and %s s of the command."
                        .formatted(
                                done.accounts(),
                                number(done.seconds(), 1),
                                number(done.accounts() / done.seconds(), 0),
                                number(done.nodes(), 1),
                                number(done.command(), 1)),
                "Look-up of the account of a REGISTER in the replica of a node whose Java has 1 GB, an eighth of it for documents, its secrets opened: %s µs of processor time each, in the middle one of %d rounds through all %d accounts in any order (%s in the worst); %s when it is asked for the first time, and comes from the disk."
                        .formatted(
                                number(findings.lookup.median(), 2),
                                findings.lookup.count(),
                                done.accounts(),
                                number(findings.lookup.worst(), 2),
                                number(findings.firstLookup, 2)),
                "Resident memory of a node of that demo at rest, before the import: "
                        + findings.idleBytes.stream()
                                .map(bytes -> number(bytes / 1_048_576.0, 0))
                                .collect(Collectors.joining(", "))
                        + " MiB."));
    }

    private void written() {
        page.subsection("Changes");
        page.paragraph("Documents of 1 KB, asked for at the leader's node; each writer makes one after the other.");
        page.table(
                List.of("replicas", "writers", "a second", "p50 ms", "p99 ms", "µs of all nodes each"),
                findings.writes.stream().map(StoreReport::row).toList());
        page.paragraph(
                "A prototype of this store on two processors, under the load of other jobs, made 624 and 1735 a second with one replica, 1 and 16 writers (p50 1.3 and 8.6 ms), and 164 and 539 with",
                "three (p50 5.2 and 27 ms, p99 19 and 67 ms), for 1 ms of processor time each with one replica and 3.7 ms with three; its nodes had no other role and kept 190 MB resident.");
    }

    private static List<String> row(StoreFindings.Writes writes) {
        return List.of(
                Integer.toString(writes.replicas()),
                Integer.toString(writes.writers()),
                number(writes.perSecond(), 0),
                number(writes.millis().median(), 2),
                number(writes.millis().p99(), 2),
                number(writes.micros(), 0));
    }

    private void heard() {
        page.subsection("How soon every node hears of a change");
        page.paragraph(
                "From the moment when the leader's node asked for the change until the watcher on a node was called, the time to write it included: alone, 300 ms after the one before it; in turns, at once after the one before it;",
                "in the crowd, while 16 writers on another node make documents of 1 KB as fast as they can.");
        page.table(
                List.of("changes made", "the node", "how many", "median ms", "p99 ms", "worst ms"),
                findings.heard.stream().map(StoreReport::row).toList());
    }

    private static List<String> row(StoreFindings.Heard heard) {
        return List.of(
                heard.when(),
                heard.node(),
                Integer.toString(heard.millis().count()),
                number(heard.millis().median(), 1),
                number(heard.millis().p99(), 1),
                number(heard.millis().worst(), 1));
    }
}
