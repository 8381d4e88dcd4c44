package org.sipring.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.AddressTakenException;
import org.sipring.accounts.ChangedMeanwhileException;
import org.sipring.api.Sha256;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a new platform the accounts of a file, once: what is changed or removed there later must not come back. Which file
 * it was stands in the store, as {@code accounts-file} in collection {@code first-accounts}. A node that ends halfway leaves
 * it to the next one. Blocks.
 */
final class FirstAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAccounts.class);
    private static final String COLLECTION = StoreCollection.FIRST_ACCOUNTS.id();
    private static final String KEY = "accounts-file";

    private final Store store;
    private final Accounts accounts;

    FirstAccounts(Store store) {
        this.store = store;
        this.accounts = new Accounts(store);
    }

    /**
     * Gives them, unless the platform has got some before.
     *
     * @param file where they stand
     * @param wanted the accounts
     * @throws IOException when the file cannot be read
     */
    void give(Path file, List<Account> wanted) throws IOException {
        byte[] digest = digest(Files.readAllBytes(file));
        try {
            Optional<Store.Document> before = noted();
            if (before.isEmpty()) {
                giveAll(wanted, digest);
                LOG.info("the platform has got its first accounts, {} out of {}", wanted.size(), file);
            } else if (!MessageDigest.isEqual(before.get().value(), digest)) {
                LOG.warn(
                        "{} has changed since the platform got its first accounts: what it says is not taken up;"
                                + " use 'sipring account'",
                        file);
            }
        } catch (CompletionException failure) {
            if (!(cause(failure) instanceof TimeoutException)) {
                throw failure;
            }
            LOG.warn("whether the platform has the accounts of {} is not known: {}", file, reason(failure));
        }
    }

    // It is never deleted: only where there seems to be none, this node's copy may be too old.
    private Optional<Store.Document> noted() {
        return store.get(COLLECTION, KEY).or(() -> {
            store.catchUp().toCompletableFuture().join();
            return store.get(COLLECTION, KEY);
        });
    }

    private static String reason(CompletionException failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    private void giveAll(List<Account> wanted, byte[] digest) {
        CompletableFuture.allOf(wanted.stream()
                        .map(account -> give(account).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        // Where another node was faster, it has noted the same.
        store.put(COLLECTION, KEY, digest, 0).toCompletableFuture().join();
    }

    // One that is there stays as it is. Another node may give the same ones at the same moment.
    private CompletionStage<Void> give(Account account) {
        return accounts.put(account, 0).thenAccept(written -> {}).exceptionallyCompose(failure -> {
            Throwable cause = cause(failure);
            if (cause instanceof ChangedMeanwhileException) {
                return give(account);
            }
            return cause instanceof AddressTakenException
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static byte[] digest(byte[] content) {
        return Sha256.hex(content).getBytes(StandardCharsets.US_ASCII);
    }
}
