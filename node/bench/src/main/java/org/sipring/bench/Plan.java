package org.sipring.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is measured.
 *
 * @param loads each in turns: Sipring, Kamailio, and again
 * @param warm seconds of each load before it counts, for a server that compiles its code while it runs
 * @param settle the same for the others
 * @param rounds how often each side has its turn
 * @param curve the rates of the curves of response time
 * @param contacts how many contacts are kept when memory is measured; 0: it is not
 * @param connections how many idle TLS connections are held when their memory is measured; 0: it is not
 */
record Plan(List<Load> loads, int warm, int settle, int rounds, List<Integer> curve, int contacts, int connections) {
    private static final int PLATFORM = 3;

    /** About half an hour. */
    static final Plan WHOLE = new Plan(
            List.of(
                    Load.udp(Load.Kind.REGISTER, 3_000, 15),
                    Load.udp(Load.Kind.CALL, 1_000, 15),
                    Load.tcp(Load.Kind.REGISTER, 3_000, 15),
                    Load.tcp(Load.Kind.CALL, 600, 15),
                    Load.udp(Load.Kind.REGISTER_DIGEST, 2_000, 15),
                    Load.udp(Load.Kind.REGISTER, 1_000, 15).among(PLATFORM),
                    Load.udp(Load.Kind.CALL, 300, 15).among(PLATFORM)),
            60,
            10,
            2,
            List.of(500, 1_000, 2_000, 3_000, 5_000, 8_000),
            100_000,
            1_000);

    /** About five minutes: whether it works, and nothing to be quoted. */
    static final Plan QUICK = new Plan(
            List.of(
                    Load.udp(Load.Kind.REGISTER, 500, 3),
                    Load.udp(Load.Kind.CALL, 200, 3),
                    Load.udp(Load.Kind.REGISTER_DIGEST, 300, 3),
                    Load.udp(Load.Kind.CALL, 50, 3).among(PLATFORM)),
            3,
            3,
            1,
            List.of(300, 600),
            0,
            100);

    /** The loads that share their servers. */
    List<List<Load>> stages() {
        return List.copyOf(loads.stream()
                .collect(Collectors.groupingBy(Load::setup, LinkedHashMap::new, Collectors.toList()))
                .values());
    }
}
