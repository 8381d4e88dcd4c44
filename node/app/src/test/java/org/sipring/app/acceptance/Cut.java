package org.sipring.app.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Packets between nodes' addresses that are lost, until closed: a packet filter of the kernel, which needs root or sudo. */
final class Cut implements AutoCloseable {
    private static final String TABLE = "inet sipring_cut";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    static {
        // Who ends the tests halfway shall not be left with a machine on which no nodes meet.
        Runtime.getRuntime().addShutdownHook(new Thread(Cut::mend, "cut-mending"));
    }

    private Cut(String rules) {
        nft("add table %1$s; delete table %1$s; add table %1$s; %2$s%3$s"
                .formatted(
                        TABLE,
                        "add chain " + TABLE + " out { type filter hook output priority 0; policy accept; }; ",
                        rules));
    }

    /** Nothing passes between the two sides. */
    static Cut between(Collection<String> here, Collection<String> there) {
        return new Cut(drop(here, there) + drop(there, here));
    }

    /** Nothing passes from one address to another. */
    static Cut oneWay(String from, String to) {
        return new Cut(drop(List.of(from), List.of(to)));
    }

    private static String drop(Collection<String> from, Collection<String> to) {
        return "add rule %s out ip saddr { %s } ip daddr { %s } drop; "
                .formatted(TABLE, String.join(", ", from), String.join(", ", to));
    }

    private static void nft(String commands) {
        List<String> words = new ArrayList<>();
        if (!Command.run(LIMIT, "id", "-u").output().strip().equals("0")) {
            words.addAll(List.of("sudo", "-n"));
        }
        // Debian has it where only root's PATH leads.
        words.addAll(List.of("/usr/sbin/nft", commands));
        Command.run(LIMIT, words).succeeded();
    }

    // Without a mistake also where there is none.
    private static void mend() {
        nft("add table %1$s; delete table %1$s".formatted(TABLE));
    }

    @Override
    public void close() {
        mend();
    }
}
