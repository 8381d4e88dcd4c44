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

    /** Reads a line; a malformed one is an {@link IllegalArgumentException} whose message says what it should be. */
    static Account read(String line) {
        String[] words = line.trim().split("\\s+", -1);
        boolean disabled = words[words.length - 1].equals(DISABLED);
        int end = disabled ? words.length - 1 : words.length;
        Map<DigestAlgorithm, String> ha1 = new EnumMap<>(DigestAlgorithm.class);
        List<String> aliases = new ArrayList<>();
        for (int i = 1; i + 1 < end; i += 2) {
            if (words[i].equals(ALIAS)) {
                aliases.add(address(words[i + 1]));
            } else {
                put(ha1, words[i], words[i + 1].toLowerCase(Locale.ROOT));
            }
        }
        if (ha1.isEmpty() || end % 2 == 0) {
            throw new IllegalArgumentException(
                    "write ADDRESS ALGORITHM HA1, with the MD5 of user:domain:password for HA1; 'alias' and another address where"
                            + " the user has one; and 'disabled' at the end where it is");
        }
        return Account.of(address(words[0]), ha1).withAliases(aliases).withEnabled(!disabled);
    }

    private static void put(Map<DigestAlgorithm, String> ha1, String token, String hash) {
        DigestAlgorithm algorithm = DigestAlgorithm.named(token)
                .orElseThrow(() -> new IllegalArgumentException(
                        "algorithm '" + token + "' is not known: use MD5, SHA-256 or SHA-512-256"));
        if (!algorithm.isHash(hash)) {
            throw new IllegalArgumentException("'" + hash + "' is no " + token
                    + ": write the hash of user:domain:password in hexadecimal, in full");
        }
        if (ha1.put(algorithm, hash) != null) {
            throw new IllegalArgumentException(token + " stands there twice: leave one of them out");
        }
    }

    private static String address(String word) {
        if (!Account.isAddress(word)) {
            throw new IllegalArgumentException(
                    "'" + word + "' is no address: write user@domain, the domain in lower case");
        }
        return word;
    }
}
