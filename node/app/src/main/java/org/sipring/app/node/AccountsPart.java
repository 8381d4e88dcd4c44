package org.sipring.app.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sipring.api.Store;
import org.sipring.app.process.CommandFailure;
import org.sipring.proxy.auth.Accounts;
import org.sipring.proxy.auth.AccountsFile;
import org.sipring.runtime.settings.Settings;

/** Fills the store with the accounts of a file: it is in memory, and empty at each start. */
public final class AccountsPart {
    private AccountsPart() {}

    /**
     * Reads a file as {@link #load} will.
     *
     * @param file the accounts file
     * @param domain the platform's SIP domain
     * @return what is wrong with it, a sentence each
     */
    public static List<String> problems(Path file, String domain) {
        try {
            return AccountsFile.read(file, domain).problems();
        } catch (IOException unreadable) {
            return List.of("it cannot be read as text: " + unreadable);
        }
    }

    static void load(Store store, Settings settings, String domain) throws IOException {
        Optional<Path> file = settings.node().accountsFile();
        if (file.isPresent()) {
            AccountsFile.Reading reading = AccountsFile.read(file.get(), domain);
            if (!reading.problems().isEmpty()) {
                throw new CommandFailure(reading.problems().stream()
                        .map(problem -> file.get() + ": " + problem)
                        .collect(Collectors.joining(System.lineSeparator())));
            }
            new Accounts(store).put(reading.accounts()).toCompletableFuture().join();
        }
    }
}
