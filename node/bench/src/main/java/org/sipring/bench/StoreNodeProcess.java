package org.sipring.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A node that has the store and nothing else, in a process of its own. Each line of its input is an order, each line of its output an answer, or why there is
 * none; it ends with its input.
 */
final class StoreNodeProcess {
    /** Before what is told of a failure. */
    static final String FAILED = "failed ";

    private final StoreNodeHouse house;
    private final StoreWatch watch;

    private StoreNodeProcess(StoreNodeHouse house) {
        this.house = house;
        watch = StoreWatch.begin(house.documents(), house.clock());
    }

    /** Runs until its input ends; what {@link StoreNodeHouse.Site#of} reads is on the command line. */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (StoreNodeHouse house = StoreNodeHouse.start(StoreNodeHouse.Site.of(args))) {
            new StoreNodeProcess(house).serve(answers);
        }
        System.exit(0);
    }

    private void serve(PrintStream answers) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            answers.println(answer(line.split(" ", -1)));
        }
    }

    private String answer(String... words) {
        try {
            return switch (words[0]) {
                case "keepers" -> house.keepers();
                case "readable" -> String.valueOf(house.documents().isReadable());
                case "write" ->
                    new StoreWriters(house.documents(), house.clock(), number(words[2]))
                            .run(number(words[1]), number(words[3]))
                            .words();
                case "catch-up" ->
                    StoreReads.upToDate(house.documents(), house.clock(), number(words[1]))
                            .words();
                case "change" -> String.valueOf(watch.change(words[1], number(words[2]), number(words[3])));
                case "heard" -> watch.heard(words[1], number(words[2])).words();
                case "afterwards" ->
                    watch.afterwards(words[1], number(words[2])).words();
                case "first" ->
                    String.valueOf(Lookups.in(house, words[1], number(words[2])).first());
                case "look" ->
                    Lookups.in(house, words[1], number(words[2])).again().words();
                default -> throw new IllegalArgumentException(words[0]);
            };
        } catch (Exception failure) {
            return FAILED + failure.toString().replace('\n', ' ');
        }
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
