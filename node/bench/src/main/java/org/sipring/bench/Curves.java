package org.sipring.bench;

import static org.sipring.bench.Page.number;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How long answers take, as more is asked. */
final class Curves {
    private final List<Figure> all;

    Curves(List<Figure> all) {
        this.all = all;
    }

    void write(Page page) {
        for (Load.Kind kind : List.of(Load.Kind.REGISTER, Load.Kind.CALL)) {
            List<Figure> figures =
                    all.stream().filter(figure -> figure.load().kind() == kind).toList();
            if (!figures.isEmpty()) {
                write(page, kind, figures);
            }
        }
    }

    private static void write(Page page, Load.Kind kind, List<Figure> figures) {
        page.section("Response time against load: " + kind.words);
        page.paragraph((kind == Load.Kind.CALL
                        ? "From INVITE to 200, of which the callee takes 50 ms."
                        : "From REGISTER to 200.")
                + " Wall-clock time, with sipp on the same processors, whose clock ticks every few milliseconds.");
        graph(page, figures);
        List<String> peers = peers(figures);
        List<String> head = new ArrayList<>(List.of("attempts a second"));
        peers.forEach(peer -> head.add(peer + " p50 / p99 ms"));
        head.addAll(List.of(String.join(" / ", peers) + " µs", "failed", "pause ms"));
        page.table(
                head,
                rates(figures).stream().map(rate -> row(figures, peers, rate)).toList());
        page.paragraph(atHalfLoad(figures, peers.get(0)));
    }

    // Half of what it bears: of the rate up to which nothing failed.
    private static String atHalfLoad(List<Figure> figures, String peer) {
        List<Figure> mine =
                figures.stream().filter(figure -> figure.peer().equals(peer)).toList();
        int borne = mine.stream()
                .takeWhile(figure -> figure.played().failed() == 0)
                .mapToInt(figure -> figure.load().rate())
                .max()
                .orElse(0);
        double pause = mine.stream()
                .filter(figure -> figure.load().rate() <= borne / 2)
                .mapToDouble(Figure::pause)
                .max()
                .orElse(0);
        return "%s failed nothing up to %d a second; up to half of that, its longest pause for garbage was %s ms."
                .formatted(peer, borne, number(pause, 1));
    }

    private static void graph(Page page, List<Figure> figures) {
        List<String> peers = peers(figures);
        String rates = rates(figures).stream().map(String::valueOf).collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>(List.of(
                "```mermaid",
                "xychart-beta",
                "    title \"99 of 100 attempts, ms: " + String.join(", then ", peers) + "\"",
                "    x-axis \"attempts a second\" [" + rates + "]",
                "    y-axis \"ms\""));
        peers.forEach(peer -> lines.add("    line ["
                + figures.stream()
                        .filter(figure -> figure.peer().equals(peer))
                        .map(figure -> number(figure.played().percentile(99), 2))
                        .collect(Collectors.joining(", "))
                + "]"));
        lines.add("```");
        page.paragraph(lines.toArray(String[]::new));
    }

    private static List<String> row(List<Figure> figures, List<String> peers, int rate) {
        List<Figure> mine = peers.stream()
                .flatMap(peer -> figures.stream()
                        .filter(figure ->
                                figure.peer().equals(peer) && figure.load().rate() == rate))
                .toList();
        List<String> cells = new ArrayList<>(List.of(Integer.toString(rate)));
        mine.forEach(figure -> cells.add(times(figure.played())));
        cells.add(mine.stream().map(figure -> number(figure.micros(), 0)).collect(Collectors.joining(" / ")));
        cells.add(mine.stream()
                .map(figure -> Long.toString(figure.played().failed()))
                .collect(Collectors.joining(" / ")));
        cells.add(number(mine.get(0).pause(), 1));
        return cells;
    }

    private static String times(Played played) {
        return number(played.percentile(50), 2) + " / " + number(played.percentile(99), 2);
    }

    private static List<Integer> rates(List<Figure> figures) {
        return figures.stream().map(figure -> figure.load().rate()).distinct().toList();
    }

    private static List<String> peers(List<Figure> figures) {
        return figures.stream().map(Figure::peer).distinct().toList();
    }
}
