package org.sipring.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of accounts as an operator has them from another system: with what is stored of passwords, not the passwords. */
final class AccountTable {
    private AccountTable() {}

    /** The address-of-record of one of them; they are counted from 1. */
    static String aor(int number, String domain) {
        return user(number) + '@' + domain;
    }

    private static String user(int number) {
        return "u%06d".formatted(number);
    }

    static List<String> lines(int accounts, String domain) {
        SplittableRandom chance = new SplittableRandom(1);
        return Stream.concat(
                        Stream.of("username,domain,ha1,ha1_sha256,name"),
                        IntStream.rangeClosed(1, accounts).mapToObj(number -> "%s,%s,%s,%s,User %d"
                                .formatted(user(number), domain, hex(chance, 2), hex(chance, 4), number)))
                .toList();
    }

    private static String hex(SplittableRandom chance, int words) {
        StringBuilder digits = new StringBuilder();
        for (int word = 0; word < words; word++) {
            digits.append("%016x".formatted(chance.nextLong()));
        }
        return digits.toString();
    }
}
