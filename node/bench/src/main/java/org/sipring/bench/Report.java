package org.sipring.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes what was measured as Markdown. */
final class Report {
    private static final List<String> PEERS = List.of("Sipring", "Kamailio");

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static String of(Findings findings, Plan plan, Machine machine) {
        Report report = new Report();
        report.head(plan, machine);
        report.costs(findings);
        report.curves(findings.curve);
        report.memory(findings.bytesPerContact, plan);
        return report.text.toString();
    }

    private void head(Plan plan, Machine machine) {
        line("# Benchmarks");
        line("");
        line(
                "Written by `node/bench/sipring-bench`, which anybody can run again: one node of Sipring beside Kamailio, both on loopback, both as registrar and transaction-stateful");
        line(
                "proxy with everything in memory, the same sipp load in turns. A figure is processor time of the server, user and system, for each attempt that succeeded: it bears");
        line("a busy machine better than rates and wall-clock times do. The ratio is what counts.");
        line("");
        line("* Machine: " + machine.processors() + ", " + machine.kernel() + ", load " + machine.load()
                + " at the end");
        line("* Sipring: `./sipring demo --bench`, " + machine.java());
        line("* Kamailio: " + machine.kamailio()
                + ", two children, `-x fm -X fm` (the usual allocator is for debugging)");
        line("* Each load ran " + plan.warm() + " s on either side before it counted, then " + plan.rounds()
                + " times in turns; the middle of these is told.");
        line("");
    }

    private void costs(Findings findings) {
        line("## Cost of an attempt");
        line("");
        line("| load | rate | Sipring µs (kernel) | Kamailio µs (kernel) | ratio | switches | failed |");
        line("|---|---|---|---|---|---|---|");
        for (Load load : findings.loads()) {
            line("| " + load + " | " + load.rate() + "/s | "
                    + PEERS.stream().map(peer -> cost(findings, load, peer)).collect(Collectors.joining(" | "))
                    + " | " + number(ratio(findings, load), 2) + " | "
                    + both(peer -> number(findings.median(load, peer, Figure::switches), 1)) + " | "
                    + both(peer -> Long.toString(findings.failed(load, peer))) + " |");
        }
        line("");
    }

    private static String cost(Findings findings, Load load, String peer) {
        return number(findings.median(load, peer, Figure::micros), 0) + " ("
                + number(findings.median(load, peer, Figure::systemMicros), 0) + ")";
    }

    private static double ratio(Findings findings, Load load) {
        return findings.median(load, PEERS.get(0), Figure::micros)
                / findings.median(load, PEERS.get(1), Figure::micros);
    }

    private static String both(Function<String, String> one) {
        return PEERS.stream().map(one).collect(Collectors.joining(" / "));
    }

    private void curves(List<Figure> curve) {
        for (Load.Kind kind : List.of(Load.Kind.REGISTER, Load.Kind.CALL)) {
            List<Figure> mine = curve.stream()
                    .filter(figure -> figure.load().kind() == kind)
                    .toList();
            if (!mine.isEmpty()) {
                line("## Response time against load: " + kind.words);
                line("");
                note(kind);
                graph(mine);
                table(mine);
            }
        }
    }

    private void note(Load.Kind kind) {
        line(
                kind == Load.Kind.CALL
                        ? "From INVITE to 200, of which the callee takes 50 ms. Wall-clock time, with sipp on the same processors."
                        : "From REGISTER to 200. Wall-clock time, with sipp on the same processors.");
        line("");
    }

    private void graph(List<Figure> figures) {
        String rates = rates(figures).stream().map(String::valueOf).collect(Collectors.joining(", "));
        line("```mermaid");
        line("xychart-beta");
        line("    title \"99 of 100 attempts, ms: " + String.join(", then ", PEERS) + "\"");
        line("    x-axis \"attempts a second\" [" + rates + "]");
        line("    y-axis \"ms\"");
        for (String peer : PEERS) {
            line("    line ["
                    + of(figures, peer).stream()
                            .map(figure -> number(figure.played().percentile(99), 2))
                            .collect(Collectors.joining(", "))
                    + "]");
        }
        line("```");
        line("");
    }

    private void table(List<Figure> figures) {
        line("| attempts a second | Sipring p50 / p99 ms | Kamailio p50 / p99 ms | failed |");
        line("|---|---|---|---|");
        List<Integer> rates = rates(figures);
        for (int i = 0; i < rates.size(); i++) {
            int place = i;
            line("| " + rates.get(i) + " | "
                    + PEERS.stream()
                            .map(peer -> times(of(figures, peer).get(place).played()))
                            .collect(Collectors.joining(" | "))
                    + " | "
                    + both(peer ->
                            Long.toString(of(figures, peer).get(place).played().failed())) + " |");
        }
        line("");
    }

    private static List<Integer> rates(List<Figure> figures) {
        return figures.stream().map(figure -> figure.load().rate()).distinct().toList();
    }

    private static List<Figure> of(List<Figure> figures, String peer) {
        return figures.stream().filter(figure -> figure.peer().equals(peer)).toList();
    }

    private static String times(Played played) {
        return number(played.percentile(50), 2) + " / " + number(played.percentile(99), 2);
    }

    private void memory(Map<String, Double> bytesPerContact, Plan plan) {
        if (bytesPerContact.isEmpty()) {
            return;
        }
        line("## Memory of a registered contact");
        line("");
        line("With " + plan.contacts()
                + " contacts: of Sipring its live heap after a collection, of Kamailio its share of resident memory.");
        line("");
        bytesPerContact.forEach((peer, bytes) -> line("* " + peer + ": " + number(bytes, 0) + " bytes, "
                + number(bytes * 100_000 / 1_000_000, 1) + " MB for 100,000"));
        line("");
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
