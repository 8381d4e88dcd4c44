package org.sipring.app.demo;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sipring.accounts.Account;
import org.sipring.accounts.AccountsFile;
import org.sipring.api.Chance;
import org.sipring.api.DurableFile;
import org.sipring.sip.digest.DigestAlgorithm;

/** Makes the demo's accounts once, and finds them again at every later start. */
final class DemoAccounts {
    private static final List<String> PEOPLE = List.of("alice", "bob", "carol");
    private static final int BENCH_ACCOUNTS = 100_000;

    private final DemoPlan plan;
    private final Chance chance;

    DemoAccounts(DemoPlan plan, Chance chance) {
        this.plan = plan;
        this.chance = chance;
    }

    /** Reads the accounts, after making the files that are missing. */
    List<DemoAccount> prepare() throws IOException {
        Path passwords = plan.layout().passwords();
        if (!Files.exists(passwords)) {
            writePrivately(
                    passwords,
                    invent().stream().map(a -> a.user() + " " + a.password()).toList());
        }
        List<DemoAccount> accounts = new ArrayList<>();
        for (String line : Files.readAllLines(passwords)) {
            String[] parts = line.split(" ", 2);
            accounts.add(new DemoAccount(parts[0], plan.domain(), parts[1]));
        }
        writePrivately(plan.layout().accounts(), lines(accounts));
        return accounts;
    }

    // What a user of the demo has added stays.
    private List<String> lines(List<DemoAccount> accounts) throws IOException {
        Set<String> ours = accounts.stream().map(DemoAccount::aor).collect(Collectors.toSet());
        Path file = plan.layout().accounts();
        List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return Stream.concat(
                        accounts.stream().map(DemoAccounts::line),
                        before.stream().filter(line -> !ours.contains(line.split(" ", 2)[0])))
                .toList();
    }

    private List<DemoAccount> invent() {
        if (plan.bench()) {
            return IntStream.rangeClosed(1, BENCH_ACCOUNTS)
                    .mapToObj(n -> new DemoAccount("u%06d".formatted(n), plan.domain(), "secret"))
                    .toList();
        }
        return PEOPLE.stream()
                .map(user -> new DemoAccount(user, plan.domain(), password()))
                .toList();
    }

    private String password() {
        return new BigInteger(1, chance.bytes(8)).toString(36);
    }

    private static String line(DemoAccount account) {
        return AccountsFile.line(Account.of(account.aor(), account.password(), List.of(DigestAlgorithm.MD5)));
    }

    private static void writePrivately(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        DurableFile.replace(file, text.getBytes(StandardCharsets.UTF_8), DemoLayout.OWNER_ONLY);
    }
}
