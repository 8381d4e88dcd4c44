package org.sipring.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All that was measured. */
final class Findings {
    final List<Figure> rounds = new ArrayList<>();
    final List<Figure> curve = new ArrayList<>();
    final Map<String, Double> bytesPerContact = new LinkedHashMap<>();
    final List<Profile> profiles = new ArrayList<>();
    double bytesPerConnection = Double.NaN;

    List<Load> loads() {
        return rounds.stream().map(Figure::load).distinct().toList();
    }

    /** Whom a load was put on, in the order of their turns. */
    List<String> peers(Load load) {
        return rounds.stream()
                .filter(round -> round.load().equals(load))
                .map(Figure::peer)
                .distinct()
                .toList();
    }

    /** The middle one of all rounds of a load at a peer; of two, their mean. */
    double median(Load load, String peer, ToDoubleFunction<Figure> figure) {
        return median(rounds.stream()
                .filter(round -> round.load().equals(load) && round.peer().equals(peer))
                .map(figure::applyAsDouble)
                .toList());
    }

    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    long failed(Load load, String peer) {
        return rounds.stream()
                .filter(round -> round.load().equals(load) && round.peer().equals(peer))
                .mapToLong(round -> round.played().failed())
                .sum();
    }
}
