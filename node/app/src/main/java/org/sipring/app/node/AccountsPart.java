package org.sipring.app.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sipring.api.Store;
import org.sipring.app.process.CommandFailure;
import org.sipring.proxy.auth.Accounts;
import org.sipring.proxy.auth.AccountsFile;
import org.sipring.runtime.settings.Settings;

/** Fills the store with the accounts of a file: it is in memory, and empty at each start. */
final class AccountsPart {
    private AccountsPart() {}

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
