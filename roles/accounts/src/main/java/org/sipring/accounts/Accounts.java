package org.sipring.accounts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Codec;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;

/**
 * The accounts in the durable store. Collection {@code accounts} holds them by {@code domain/user}, so that those of a
 * domain stand together; collection {@code aliases} holds for each further address whose it is. Callable from any thread.
 */
public final class Accounts {
    /** An account as its document holds it. */
    public static final Codec<Account> CODEC = new AccountCodec();

    private static final String COLLECTION = StoreCollection.ACCOUNTS.id();
    private static final String ALIASES = StoreCollection.ALIASES.id();

    private final Store store;
    private final LegibleDocuments<Stored> documents;
    private final KnownAccounts known = new KnownAccounts();

    /**
     * The accounts of a store.
     *
     * @param store the store
     */
    public Accounts(Store store) {
        this.store = store;
        documents = new LegibleDocuments<>(store, COLLECTION, Accounts::stored);
    }

    /**
     * An account as it was read.
     *
     * @param account the account
     * @param revision counts its changes upwards
     */
    public record Stored(Account account, long revision) {}

    /**
     * Finds an account.
     *
     * @param aor the address-of-record
     * @return the account, or empty when there is none
     */
    public Optional<Account> find(String aor) {
        return stored(aor).map(Stored::account);
    }

    /**
     * Finds an account to change it.
     *
     * @param aor the address-of-record
     * @return the account and its revision, or empty when there is none
     * @throws MalformedDocumentException when what is there cannot be read
     */
    public Optional<Stored> stored(String aor) {
        return documents.find(key(aor));
    }

    private static Stored stored(Store.Document document) {
        Account account = CODEC.decode(document.value());
        if (account.aor().lastIndexOf('@') <= 0 || !document.key().equals(key(account.aor()))) {
            throw new IllegalArgumentException("an account in the place of another");
        }
        return new Stored(account, document.revision());
    }

    /**
     * The accounts of a domain.
     *
     * @param domain the domain, in lower case
     * @return all that can be read, in the order of their users
     */
    public List<Stored> of(String domain) {
        return documents.list(domain + '/');
    }

    /**
     * Tells whether a domain has accounts.
     *
     * @param domain the domain, in lower case
     * @return true where there is any, also one that cannot be read
     */
    public boolean areOf(String domain) {
        return !store.page(COLLECTION, domain + '/', "", 1).isEmpty();
    }

    /**
     * Some accounts of a domain, of those that can be read.
     *
     * @param domain the domain, in lower case
     * @param after the user after which to begin; empty to begin with the first
     * @param most how many at most
     * @return them, in the order of their users
     */
    public List<Stored> page(String domain, String after, int most) {
        String prefix = domain + '/';
        return documents.page(prefix, prefix + after, most);
    }

    private static String key(String aor) {
        int at = aor.lastIndexOf('@');
        return aor.substring(at + 1) + '/' + aor.substring(0, Math.max(0, at));
    }

    /**
     * Tells whose an address is.
     *
     * @param address an address-of-record, or an alias
     * @return the address-of-record of the account, also of a disabled one; empty where it is nobody's
     */
    public Optional<String> owner(String address) {
        return whose(address).map(Account::aor);
    }

    /**
     * Finds the account that an address is of.
     *
     * @param address an address-of-record, or an alias
     * @return the account, also a disabled one; empty where the address is nobody's
     */
    public Optional<Account> whose(String address) {
        return known(address).or(() -> named(address).flatMap(this::known).filter(account -> account.owns(address)));
    }

    private Optional<Account> known(String aor) {
        return store.get(COLLECTION, key(aor))
                .map(document ->
                        known.of(document, unknown -> documents.read(unknown).account()));
    }

    // Who dies between two writes leaves an alias that its account does not know of: it is nobody's.
    private Optional<String> named(String alias) {
        return store.get(ALIASES, key(alias)).map(document -> new String(document.value(), StandardCharsets.UTF_8));
    }

    /**
     * Writes accounts, over what was there.
     *
     * @param accounts the accounts
     * @return completes when all are written; fails when one was changed by somebody else meanwhile, or wants an address of
     *     another
     */
    public CompletionStage<Void> put(List<Account> accounts) {
        return CompletableFuture.allOf(accounts.stream()
                .map(account -> put(account, revision(account.aor()))
                        .thenAccept(written -> check(account.aor(), written.isPresent()))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private long revision(String aor) {
        return stored(aor).map(Stored::revision).orElse(0L);
    }

    /**
     * Writes an account.
     *
     * @param account the account
     * @param expected the revision that must still be the current one; 0: there must be none
     * @return the new revision, or empty when another revision was current; fails by an {@link AddressTakenException}
     */
    public CompletionStage<Optional<Long>> put(Account account, long expected) {
        List<String> before = find(account.aor()).map(Account::aliases).orElse(List.of());
        CompletionStage<Void> taken = free(account.aor(), account.aor());
        for (String alias : account.aliases()) {
            taken = taken.thenCompose(done -> take(alias, account.aor()));
        }
        return taken.thenCompose(done -> store.put(COLLECTION, key(account.aor()), CODEC.encode(account), expected))
                .thenCompose(written -> written.isEmpty()
                        ? CompletableFuture.completedFuture(written)
                        : leaveAll(before, account).thenApply(done -> written));
    }

    private CompletionStage<Void> leaveAll(List<String> before, Account now) {
        return CompletableFuture.allOf(before.stream()
                .filter(alias -> !now.owns(alias))
                .map(alias -> leave(alias, now.aor()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Removes an account, and with it its aliases.
     *
     * @param aor the address-of-record
     * @param expected the revision that must still be the current one
     * @return true when it was removed, false when another revision was current
     */
    public CompletionStage<Boolean> remove(String aor, long expected) {
        Account none = Account.of(aor, Map.of());
        List<String> aliases = find(aor).map(Account::aliases).orElse(List.of());
        return store.delete(COLLECTION, key(aor), expected)
                .thenCompose(removed -> removed
                        ? leaveAll(aliases, none).thenApply(done -> true)
                        : CompletableFuture.completedFuture(false));
    }

    private CompletionStage<Void> free(String address, String aor) {
        Optional<String> other = owner(address).filter(owner -> !owner.equals(aor));
        return other.isPresent()
                ? CompletableFuture.failedFuture(new AddressTakenException(address, other.get()))
                : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> take(String alias, String aor) {
        Optional<Store.Document> document = store.get(ALIASES, key(alias));
        long revision = document.map(Store.Document::revision).orElse(0L);
        return named(alias).equals(Optional.of(aor))
                ? CompletableFuture.completedFuture(null)
                : free(alias, aor)
                        .thenCompose(
                                done -> store.put(ALIASES, key(alias), aor.getBytes(StandardCharsets.UTF_8), revision))
                        .thenAccept(written -> check(alias, written.isPresent()));
    }

    private CompletionStage<Boolean> leave(String alias, String aor) {
        Optional<Store.Document> document = store.get(ALIASES, key(alias));
        return document.isPresent() && named(alias).equals(Optional.of(aor))
                ? store.delete(ALIASES, key(alias), document.get().revision())
                : CompletableFuture.completedFuture(true);
    }

    private static void check(String address, boolean written) {
        if (!written) {
            throw new ChangedMeanwhileException(address);
        }
    }
}
