package org.sipring.app.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.AccountsFile;
import org.sipring.api.Store;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.HostedSettings;
import org.sipring.runtime.settings.Settings;
import org.sipring.runtime.settings.SipSettings;
import org.sipring.sip.digest.DigestAlgorithm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the accounts of a file, and gives them to the store. */
public final class AccountsPart {
    private static final Logger LOG = LoggerFactory.getLogger(AccountsPart.class);

    private AccountsPart() {}

    /**
     * Reads a file as {@link #load} will.
     *
     * @param file the accounts file
     * @param domains those that have their users here
     * @return what is wrong with it, a sentence each
     */
    public static List<String> problems(Path file, Set<String> domains) {
        try {
            return AccountsFile.read(file, domains).problems();
        } catch (IOException unreadable) {
            return List.of("it cannot be read as text: " + unreadable);
        }
    }

    /** Blocks until the store has the accounts of the file that the settings name, where they name one. */
    static void load(Store store, Settings settings, String domain) throws IOException {
        Optional<Path> file = settings.node().accountsFile();
        if (file.isPresent()) {
            AccountsFile.Reading reading = AccountsFile.read(file.get(), settings.domains(domain));
            if (!reading.problems().isEmpty()) {
                throw new CommandFailure(reading.problems().stream()
                        .map(problem -> file.get() + ": " + problem)
                        .collect(Collectors.joining(System.lineSeparator())));
            }
            if (settings.sip().authentication() == SipSettings.Authentication.DIGEST) {
                reading.accounts().stream()
                        .flatMap(account -> unproved(account, offered(account, settings.sip())).stream())
                        .forEach(warning -> LOG.warn("{}: {}", file.get(), warning));
            }
            if (settings.store().durable()) {
                new FirstAccounts(store).give(file.get(), reading.accounts());
            } else {
                new Accounts(store)
                        .put(reading.accounts())
                        .toCompletableFuture()
                        .join();
            }
        }
    }

    private static List<String> offered(Account account, SipSettings sip) {
        return sip.hosted().stream()
                .filter(hosted -> account.aor().endsWith('@' + hosted.name()))
                .map(HostedSettings::algorithms)
                .filter(algorithms -> !algorithms.isEmpty())
                .findFirst()
                .orElse(sip.algorithms());
    }

    /** What a user cannot prove, though phones are asked for it. */
    static Optional<String> unproved(Account account, List<String> offered) {
        List<String> known =
                account.ha1().keySet().stream().map(DigestAlgorithm::token).toList();
        List<String> missing =
                offered.stream().filter(algorithm -> !known.contains(algorithm)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(account.aor() + " has no HA1 for " + String.join(" and ", missing)
                        + ", which sip.algorithms offers: phones that answer with it are refused; add it to the line");
    }
}
