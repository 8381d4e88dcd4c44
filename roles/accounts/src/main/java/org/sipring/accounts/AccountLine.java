package org.sipring.accounts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * An account as one line of text: {@code alice@sipring.test MD5 939e7578ed9e3c518a452acee763bce9}. Further pairs of
 * algorithm and HA1 may follow, and pairs of the word {@code alias} and another address, and {@code disabled} at the end.
 */
final class AccountLine {
    private static final String DISABLED = "disabled";
    private static final String ALIAS = "alias";

    private AccountLine() {}

    static String write(Account account) {
        String proofs = new TreeMap<>(account.ha1())
                .entrySet().stream()
                        .map(entry -> ' ' + entry.getKey().token() + ' ' + entry.getValue())
                        .collect(Collectors.joining());
        String aliases = account.aliases().stream()
                .map(alias -> ' ' + ALIAS + ' ' + alias)
                .collect(Collectors.joining());
        return account.aor() + proofs + aliases + (account.enabled() ? "" : ' ' + DISABLED);
    }

    /**
     * Reads a line; a malformed one is an {@link IllegalArgumentException} whose message says what it should be, and nothing of
     * what it is: a hash or a password may stand in any place of it.
     */
    static Account read(String line) {
        String[] words = line.trim().split("\\s+", -1);
        boolean disabled = words[words.length - 1].equals(DISABLED);
        int end = disabled ? words.length - 1 : words.length;
        Map<DigestAlgorithm, String> ha1 = new EnumMap<>(DigestAlgorithm.class);
        List<String> aliases = new ArrayList<>();
        for (int i = 1; i + 1 < end; i += 2) {
            if (words[i].equals(ALIAS)) {
                aliases.add(address(words, i + 1));
            } else {
                put(ha1, words, i);
            }
        }
        if (ha1.isEmpty() || end % 2 == 0) {
            throw new IllegalArgumentException(
                    "write ADDRESS ALGORITHM HA1, with the MD5 of user:domain:password for HA1; 'alias' and another address where"
                            + " the user has one; and 'disabled' at the end where it is");
        }
        return Account.of(address(words, 0), ha1).withAliases(aliases).withEnabled(!disabled);
    }

    private static void put(Map<DigestAlgorithm, String> ha1, String[] words, int at) {
        DigestAlgorithm algorithm = DigestAlgorithm.named(words[at])
                .orElseThrow(() -> mistake(
                        at,
                        "is no algorithm that is known: write MD5, SHA-256 or SHA-512-256, and the hash behind it"));
        String hash = words[at + 1].toLowerCase(Locale.ROOT);
        if (!algorithm.isHash(hash)) {
            throw mistake(
                    at + 1,
                    "is no " + algorithm.token() + ": write the hash of user:domain:password in hexadecimal, in full");
        }
        if (ha1.put(algorithm, hash) != null) {
            throw mistake(at, "is " + algorithm.token() + " once more: leave one of them out");
        }
    }

    private static String address(String[] words, int at) {
        String word = words[at];
        if (word.length() > Account.LONGEST_ADDRESS) {
            throw mistake(at, "is too long: write an address of at most " + Account.LONGEST_ADDRESS + " characters");
        }
        if (!Account.isAddress(word)) {
            throw mistake(at, "is no address: write user@domain, the domain in lower case");
        }
        return word;
    }

    private static IllegalArgumentException mistake(int at, String what) {
        return new IllegalArgumentException("word " + (at + 1) + ' ' + what);
    }
}
