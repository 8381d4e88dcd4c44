package org.sipring.bench;

import static org.sipring.bench.Page.number;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What an attempt costs: beside Kamailio, and on a platform of several nodes. */
final class CostTable {
    private final Findings findings;

    CostTable(Findings findings) {
        this.findings = findings;
    }

    void write(Page page) {
        page.section("Cost of an attempt");
        page.paragraph(
                "The pause is that of Sipring's garbage collector, the longest one while the load was measured.");
        page.table(
                List.of(
                        "load",
                        "rate",
                        "Sipring µs (kernel)",
                        "Kamailio µs (kernel)",
                        "ratio",
                        "switches",
                        "failed",
                        "pause ms"),
                loads(1).stream().map(this::beside).toList());
        platform(page);
    }

    private List<Load> loads(int nodes) {
        return findings.loads().stream()
                .filter(load -> nodes == 1 ? load.nodes() == 1 : load.nodes() > 1)
                .toList();
    }

    private List<String> beside(Load load) {
        List<String> peers = findings.peers(load);
        List<String> cells = new ArrayList<>(List.of(load.toString(), load.rate() + "/s"));
        peers.forEach(peer -> cells.add(cost(load, peer)));
        cells.add(number(ratio(load, peers), 2));
        cells.add(peers.stream()
                .map(peer -> number(findings.median(load, peer, Figure::switches), 1))
                .collect(Collectors.joining(" / ")));
        cells.add(peers.stream()
                .map(peer -> Long.toString(findings.failed(load, peer)))
                .collect(Collectors.joining(" / ")));
        cells.add(number(findings.median(load, peers.get(0), Figure::pause), 1));
        return cells;
    }

    private double ratio(Load load, List<String> peers) {
        return findings.median(load, peers.get(0), Figure::micros)
                / findings.median(load, peers.get(1), Figure::micros);
    }

    private String cost(Load load, String peer) {
        return number(findings.median(load, peer, Figure::micros), 0) + " ("
                + number(findings.median(load, peer, Figure::systemMicros), 0) + ")";
    }

    private void platform(Page page) {
        List<Load> loads = loads(2);
        if (loads.isEmpty()) {
            return;
        }
        page.section("Several nodes");
        page.paragraph(
                "The processor time of all nodes together. Everything that is registered is kept by two of them before it is answered; the load comes to the first node,",
                "and those who are called have registered at the last one.");
        page.table(
                List.of("load", "nodes", "rate", "µs (kernel)", "switches", "failed"),
                loads.stream().map(this::alone).toList());
    }

    private List<String> alone(Load load) {
        String peer = findings.peers(load).get(0);
        return List.of(
                load.toString(),
                Integer.toString(load.nodes()),
                load.rate() + "/s",
                cost(load, peer),
                number(findings.median(load, peer, Figure::switches), 1),
                Long.toString(findings.failed(load, peer)));
    }
}
