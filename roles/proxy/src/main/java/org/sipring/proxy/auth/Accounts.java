package org.sipring.proxy.auth;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Codec;
import org.sipring.api.Store;

/** The accounts in the durable store: collection {@code accounts}, by address-of-record. Callable from any thread. */
public final class Accounts {
    private static final String COLLECTION = "accounts";
    static final Codec<Account> CODEC = new AccountCodec();

    private final Store store;

    /**
     * The accounts of a store.
     *
     * @param store the store
     */
    public Accounts(Store store) {
        this.store = store;
    }

    /**
     * Finds an account.
     *
     * @param aor the address-of-record
     * @return the account, or empty when there is none
     */
    public Optional<Account> find(String aor) {
        return store.get(COLLECTION, aor).map(document -> CODEC.decode(document.value()));
    }

    /**
     * Tells whether there is an account.
     *
     * @param aor the address-of-record
     * @return true for a disabled one as well
     */
    public boolean exists(String aor) {
        return store.get(COLLECTION, aor).isPresent();
    }

    /**
     * Writes accounts, over what was there.
     *
     * @param accounts the accounts
     * @return completes when all are written; fails when one was changed by somebody else meanwhile
     */
    public CompletionStage<Void> put(List<Account> accounts) {
        return CompletableFuture.allOf(accounts.stream().map(this::put).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> put(Account account) {
        long revision = store.get(COLLECTION, account.aor())
                .map(Store.Document::revision)
                .orElse(0L);
        return store.put(COLLECTION, account.aor(), CODEC.encode(account), revision)
                .thenAccept(written -> check(account, written.isPresent()))
                .toCompletableFuture();
    }

    private static void check(Account account, boolean written) {
        if (!written) {
            throw new IllegalStateException(
                    "account " + account.aor() + " was changed by somebody else meanwhile: try again");
        }
    }
}
