package org.sipring.sip.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sipring.api.Chance;

/** The order in which the servers of a service are tried: RFC 2782, "Usage rules". */
final class SrvOrder {
    private SrvOrder() {}

    /** Lower priorities first; among those of one priority, chance decides with their weights. */
    static List<Answer.Srv> of(List<Answer.Srv> records, Chance chance) {
        List<Answer.Srv> ordered = new ArrayList<>(records.size());
        records.stream()
                .filter(record -> !record.target().isEmpty())
                .collect(Collectors.groupingBy(Answer.Srv::priority, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(peers -> drawAll(new ArrayList<>(peers), chance, ordered));
        return ordered;
    }

    private static void drawAll(List<Answer.Srv> peers, Chance chance, List<Answer.Srv> into) {
        // "To select a target ... arrange all SRV RRs with weight 0 at the beginning": these get their small chance.
        peers.sort((one, other) -> Boolean.compare(one.weight() > 0, other.weight() > 0));
        while (!peers.isEmpty()) {
            into.add(peers.remove(draw(peers, chance)));
        }
    }

    private static int draw(List<Answer.Srv> peers, Chance chance) {
        int sum = peers.stream().mapToInt(Answer.Srv::weight).sum();
        int left = chance.below(sum + 1);
        int drawn = 0;
        while (left > peers.get(drawn).weight()) {
            left -= peers.get(drawn).weight();
            drawn++;
        }
        return drawn;
    }
}
