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
        report.read();
        report.heard();
        return report.page.toString();
    }

    private void head(Machine machine) {
        page.section(HEADING);
        page.paragraph(
                "Written by `node/bench/sipring-bench store`, in a quarter of an hour: the documents of three nodes on their disks, over mutual TLS, all processes on the same processors. Wall-clock times",
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
                "Import: %d accounts by `sipring account import` into three nodes of `sipring demo`, whose Java has 112 MB each and compiles once: %s s, %s a second, with %s s of processor time of the nodes and %s s of the command. Five minutes are its limit."
                        .formatted(
                                done.accounts(),
                                number(done.seconds(), 1),
                                number(done.accounts() / done.seconds(), 0),
                                number(done.nodes(), 1),
                                number(done.command(), 1)),
                "Resident memory of a node of that demo at rest, before the import: " + mebibytes(findings.idleBytes)
                        + "; after it: " + mebibytes(findings.fullBytes) + ".",
                "Before the import all three nodes use %s ms of processor time a second, for overlay, health and DNS as well."
                        .formatted(number(findings.idleShare * 1_000, 0))));
        page.paragraph(
                "Look-up of the account of a REGISTER in a node's own replica, its secrets opened: processor time of each, in the middle one of %d rounds through all %d accounts in any order. A node remembers documents in an eighth of its Java's heap; what does not fit comes from the disk."
                        .formatted(findings.lookups.get(0).again().count(), done.accounts()));
        page.table(
                List.of("heap MB", "asked for the first time µs", "again µs", "again, worst round µs"),
                findings.lookups.stream().map(StoreReport::row).toList());
    }

    private static List<String> row(StoreFindings.Lookup lookup) {
        return List.of(
                Integer.toString(lookup.heap()),
                number(lookup.first(), 1),
                number(lookup.again().median(), 2),
                number(lookup.again().worst(), 2));
    }

    private static String mebibytes(List<Long> bytes) {
        return bytes.stream().map(each -> number(each / 1_048_576.0, 0)).collect(Collectors.joining(", ")) + " MiB";
    }

    private void written() {
        page.subsection("Changes");
        page.paragraph("Documents asked for at the leader's node; each writer makes one after the other.");
        page.table(
                List.of("replicas", "writers", "KB", "a second", "p50 ms", "p99 ms", "µs of all nodes each"),
                findings.writes.stream().map(StoreReport::row).toList());
        page.paragraph(
                "A prototype of this store on two processors, under the load of other jobs, made 624 and 1735 a second with one replica, 1 and 16 writers (p50 1.3 and 8.6 ms), and 164 and 539 with",
                "three (p50 5.2 and 27 ms, p99 19 and 67 ms), for 1 ms of processor time each with one replica and 3.7 ms with three; of 100 KB with three, 107 and 203. Its nodes had no other role and kept 190 MB resident.");
    }

    private void read() {
        page.subsection("Reads of what is true now");
        page.paragraph(
                "Reads of accounts are of the node's own replica. Who must see what was acknowledged anywhere before catches up first, one time after the other here, while nobody writes. In the prototype, which asked for a read index, it took 4.0 ms at the leader and 8.8 ms at a follower.");
        page.table(
                List.of("the node", "how many", "median ms", "p99 ms"),
                findings.reads.stream()
                        .map(reads -> List.of(
                                reads.node(),
                                Integer.toString(reads.millis().count()),
                                number(reads.millis().median(), 1),
                                number(reads.millis().p99(), 1)))
                        .toList());
    }

    private static List<String> row(StoreFindings.Writes writes) {
        return List.of(
                Integer.toString(writes.replicas()),
                Integer.toString(writes.load().writers()),
                Integer.toString(writes.load().kilobytes()),
                number(writes.perSecond(), 0),
                number(writes.millis().median(), 2),
                number(writes.millis().p99(), 2),
                number(writes.micros(), 0));
    }

    private void heard() {
        page.subsection("How soon every node hears of a change");
        page.paragraph(
                "From the moment when the leader's node asked for the change, or had its acknowledgement, until the watcher on a node was called: alone, 300 ms after the one before it; in turns, at once after the one before it;",
                "in the crowd, while 16 writers on another node make documents of 1 KB as fast as they can. That every node hears of a change within 100 ms is meant from its acknowledgement on: before it, nothing has changed.");
        page.table(
                List.of(
                        "changes made",
                        "the node",
                        "how many",
                        "asked: median ms",
                        "p99 ms",
                        "worst ms",
                        "acknowledged: median ms",
                        "p99 ms",
                        "worst ms"),
                findings.heard.stream().map(StoreReport::row).toList());
    }

    private static List<String> row(StoreFindings.Heard heard) {
        return List.of(
                heard.when(),
                heard.node(),
                Integer.toString(heard.asked().count()),
                number(heard.asked().median(), 1),
                number(heard.asked().p99(), 1),
                number(heard.asked().worst(), 1),
                number(heard.acknowledged().median(), 1),
                number(heard.acknowledged().p99(), 1),
                number(heard.acknowledged().worst(), 1));
    }
}
