package org.sipring.proxy.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Codec;
import org.sipring.api.Store;

/**
 * The accounts in the durable store: collection {@code accounts}, by address-of-record. Collection {@code aliases} holds
 * for each further address whose it is. Callable from any thread.
 */
public final class Accounts {
    private static final String COLLECTION = "accounts";
    private static final String ALIASES = "aliases";
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
     * Tells whose an address is.
     *
     * @param address an address-of-record, or an alias
     * @return the address-of-record of the account, also of a disabled one; empty where it is nobody's
     */
    public Optional<String> owner(String address) {
        return store.get(COLLECTION, address).map(Store.Document::key).or(() -> store.get(ALIASES, address)
                .map(document -> new String(document.value(), StandardCharsets.UTF_8)));
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
        Optional<Store.Document> before = store.get(COLLECTION, account.aor());
        List<String> aliases =
                before.map(document -> CODEC.decode(document.value()).aliases()).orElse(List.of());
        CompletionStage<?> written = write(COLLECTION, account.aor(), CODEC.encode(account), before);
        for (String alias : account.aliases()) {
            written = written.thenCompose(done -> take(alias, account.aor()));
        }
        for (String alias : aliases) {
            written = account.owns(alias) ? written : written.thenCompose(done -> leave(alias, account.aor()));
        }
        return written.<Void>thenApply(done -> null).toCompletableFuture();
    }

    private CompletionStage<Void> take(String alias, String aor) {
        if (owner(alias).filter(owner -> !owner.equals(aor)).isPresent()) {
            throw new IllegalStateException(
                    alias + " is an address of " + owner(alias).orElseThrow() + " already");
        }
        return write(ALIASES, alias, aor.getBytes(StandardCharsets.UTF_8), store.get(ALIASES, alias));
    }

    private CompletionStage<Boolean> leave(String alias, String aor) {
        Optional<Store.Document> document = store.get(ALIASES, alias);
        return document.isPresent() && owner(alias).equals(Optional.of(aor))
                ? store.delete(ALIASES, alias, document.get().revision())
                : CompletableFuture.completedFuture(true);
    }

    private CompletionStage<Void> write(String collection, String key, byte[] value, Optional<Store.Document> before) {
        long revision = before.map(Store.Document::revision).orElse(0L);
        return store.put(collection, key, value, revision).thenAccept(written -> check(key, written.isPresent()));
    }

    private static void check(String key, boolean written) {
        if (!written) {
            throw new IllegalStateException(key + " was changed by somebody else meanwhile: try again");
        }
    }
}
