package org.sipring.provisioning.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.sipring.accounts.LegibleDocuments;
import org.sipring.api.Chance;
import org.sipring.api.Sha256;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;

/**
 * Bearer tokens, in collection {@code tokens} of the store: {@code NAME.SECRET}, of which the secret is not kept. Callable
 * from any thread.
 */
public final class Tokens {
    private static final String COLLECTION = StoreCollection.TOKENS.id();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private final LegibleDocuments<Token> documents;
    private final Chance chance;

    /**
     * The tokens of a store.
     *
     * @param store the store
     * @param chance makes secrets
     */
    public Tokens(Store store, Chance chance) {
        this.store = store;
        documents = new LegibleDocuments<>(store, COLLECTION, Tokens::token);
        this.chance = chance;
    }

    /**
     * A token as it was made.
     *
     * @param token what is kept
     * @param text what its owner shows; cannot be had again
     */
    public record Issued(Token token, String text) {
        /** Without its text, which opens what it is for. */
        @Override
        public String toString() {
            return "Issued[" + token.name() + ']';
        }
    }

    /**
     * Tells whether a token may be called so.
     *
     * @param name any text
     * @return true for lower-case letters, digits and hyphens
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Makes a token.
     *
     * @param name of no other token
     * @param account the one account that it is for; empty for an operator's
     * @param expires when it is no longer good
     * @return the token, or empty where there is one of that name
     */
    public CompletionStage<Optional<Issued>> issue(String name, Optional<String> account, Instant expires) {
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(chance.bytes(SECRET_BYTES));
        Token token = new Token(name, account, expires, hash(secret));
        return store.put(COLLECTION, name, token.encode(), 0)
                .thenApply(written -> written.map(revision -> new Issued(token, name + '.' + secret)));
    }

    /**
     * Finds the token that somebody shows.
     *
     * @param text what was shown
     * @param now the time of day
     * @return the token, when it is good
     */
    Optional<Token> shown(String text, Instant now) {
        int dot = text.indexOf('.');
        String name = text.substring(0, Math.max(0, dot));
        byte[] hash = hash(text.substring(dot + 1)).getBytes(StandardCharsets.US_ASCII);
        return isName(name)
                ? find(name)
                        .filter(token -> MessageDigest.isEqual(token.hash().getBytes(StandardCharsets.US_ASCII), hash))
                        .filter(token -> now.isBefore(token.expires()))
                : Optional.empty();
    }

    /**
     * Finds a token.
     *
     * @param name its name
     * @return what is kept of it; empty also where that cannot be read
     */
    public Optional<Token> find(String name) {
        return documents.findLegible(name);
    }

    private static Token token(Store.Document document) {
        Token token = Token.decode(document.value());
        if (!document.key().equals(token.name())) {
            throw new IllegalArgumentException("a token in the place of another");
        }
        return token;
    }

    /**
     * All tokens that can be read, also those that are no longer good.
     *
     * @return in the order of their names
     */
    public List<Token> all() {
        return documents.list("");
    }

    /**
     * Removes a token.
     *
     * @param name its name
     * @return true when it was there
     */
    public CompletionStage<Boolean> remove(String name) {
        return store.get(COLLECTION, name)
                .map(document -> store.delete(COLLECTION, name, document.revision()))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    /**
     * Removes the tokens of an account: whoever gets its address later is somebody else.
     *
     * @param account its address-of-record
     * @return completes when all are gone that were made known before this was called
     */
    public CompletionStage<Void> removeOf(String account) {
        return catchUp()
                .thenCompose(known -> CompletableFuture.allOf(all().stream()
                        .filter(token -> token.account().equals(Optional.of(account)))
                        .map(token -> remove(token.name()).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)));
    }

    /**
     * Lets this node know what others have changed.
     *
     * @return completes when it knows of all that anybody had been told of before
     */
    public CompletionStage<Void> catchUp() {
        return store.catchUp();
    }

    private static String hash(String secret) {
        return Sha256.hex(secret.getBytes(StandardCharsets.UTF_8));
    }
}
