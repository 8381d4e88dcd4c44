package org.sipring.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The accounts file: one account a line, {@code alice@sipring.test MD5 939e7578ed9e3c518a452acee763bce9}. HA1 is
 * MD5(user:domain:password) in hexadecimal; {@code SHA-256} and {@code SHA-512-256} with their own may follow, {@code
 * alias} with another address of the user, and {@code disabled}. Empty lines and lines that begin with {@code #} do not count.
 */
public final class AccountsFile {
    private AccountsFile() {}

    /**
     * What a file holds.
     *
     * @param accounts the sound lines
     * @param problems one sentence for each other line, with its number
     */
    public record Reading(List<Account> accounts, List<String> problems) {
        /** Copies. */
        public Reading {
            accounts = List.copyOf(accounts);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads accounts.
     *
     * @param file the file
     * @param domains the domains that addresses may be of
     * @return accounts and problems
     * @throws IOException when the file cannot be read
     */
    public static Reading read(Path file, Set<String> domains) throws IOException {
        return read(Files.readAllLines(file), domains);
    }

    static Reading read(List<String> lines, Set<String> domains) {
        List<Account> accounts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    accounts.add(read(line, domains, number, seen));
                } catch (IllegalArgumentException malformed) {
                    problems.add("line " + number + ": " + malformed.getMessage());
                }
            }
        }
        return new Reading(accounts, problems);
    }

    private static Account read(String line, Set<String> domains, int number, Map<String, Integer> seen) {
        Account account = AccountLine.read(line);
        check(account.aor(), domains, number, seen);
        // A user of one domain is none of another.
        Set<String> own = Set.of(domain(account.aor()));
        account.aliases().forEach(alias -> check(alias, own, number, seen));
        return account;
    }

    private static String domain(String aor) {
        return aor.substring(aor.lastIndexOf('@') + 1);
    }

    private static void check(String aor, Set<String> domains, int line, Map<String, Integer> seen) {
        Integer earlier = seen.putIfAbsent(aor, line);
        if (!domains.contains(domain(aor))) {
            throw new IllegalArgumentException(aor + ": only addresses of "
                    + domains.stream().sorted().collect(Collectors.joining(", ")) + " belong here");
        }
        if (earlier != null) {
            throw new IllegalArgumentException(aor + " is in line " + earlier + " already: leave one of them out");
        }
    }

    /**
     * Writes an account as a line of the file.
     *
     * @param account the account
     * @return the line, without line end
     */
    public static String line(Account account) {
        return AccountLine.write(account);
    }
}
