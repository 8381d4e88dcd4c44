package org.sipring.app.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks the demo's name server with Debian's {@code dig}. */
final class Dns {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Dns() {}

    /**
     * An SRV record (RFC 2782).
     *
     * @param priority smaller is tried first
     * @param weight share among equals
     * @param port the service's port
     * @param target absolute name
     */
    record Srv(int priority, int weight, int port, String target) {}

    /** The data of the records of a name and type, a line each; empty when there are none. */
    static List<String> query(String name, String type) {
        return query(List.of(name, type));
    }

    /** The data of the records of several names, each followed by its type. */
    static List<String> query(List<String> namesAndTypes) {
        List<String> words =
                new ArrayList<>(List.of("dig", "@127.0.0.1", "-p", "5300", "+short", "+tcp", "+time=2", "+tries=1"));
        words.addAll(namesAndTypes);
        return Command.run(LIMIT, words)
                .succeeded()
                .output()
                .lines()
                .filter(line -> !line.startsWith(";"))
                .toList();
    }

    /** The SRV name that a domain's NAPTR record gives for a service such as {@code SIP+D2U} (RFC 3263 section 4.1). */
    static String naptr(String domain, String service) {
        return query(domain, "NAPTR").stream()
                .map(line -> line.split(" "))
                .filter(word -> word[3].equals('"' + service + '"'))
                .findFirst()
                .map(word -> word[5])
                .orElseThrow(() -> new AssertionError(domain + " has no NAPTR record for " + service));
    }

    static List<Srv> srv(String name) {
        return query(name, "SRV").stream()
                .map(line -> line.split(" "))
                .map(word -> new Srv(
                        Integer.parseInt(word[0]), Integer.parseInt(word[1]), Integer.parseInt(word[2]), word[3]))
                .toList();
    }

    /** The targets of an SRV name, sorted. */
    static Set<String> targets(String name) {
        return srv(name).stream().map(Srv::target).collect(Collectors.toCollection(TreeSet::new));
    }
}
