package org.sipring.store.secret;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Chance;
import org.sipring.api.Envelopes;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.archive.WholeStore;

/**
 * Keeps what disks must not show. All nodes share the platform's keys; the store has, in collection {@code platform-keys},
 * an envelope of each for each node, by {@code NUMBER/KEY/NODE}. The highest number is the newest key. Who has the keys
 * seals them for the others that ask, and for itself anew when its certificate is renewed. Callable from any thread.
 */
public final class Secrets {
    private static final String COLLECTION = StoreCollection.PLATFORM_KEYS.id();
    private static final int FIRST = 1;

    private final WholeStore store;
    private final Envelopes envelopes;
    private final NodeId self;
    private final Chance chance;
    private volatile List<Numbered> newestFirst = List.of();

    /**
     * A key in its place.
     *
     * @param number counts the keys
     * @param key the key
     */
    private record Numbered(int number, PlatformKey key) {}

    /**
     * The secrets of a platform, closed yet.
     *
     * @param store where they are kept
     * @param envelopes what this node's certificate does
     * @param self this node
     * @param chance randomness
     */
    public Secrets(WholeStore store, Envelopes envelopes, NodeId self, Chance chance) {
        this.store = store;
        this.envelopes = envelopes;
        this.self = self;
        this.chance = chance;
    }

    /**
     * Takes the keys out of this node's envelopes.
     *
     * @return false when it has not an envelope of every key that it can open: others must be asked
     */
    public synchronized boolean open() {
        List<Numbered> found = new ArrayList<>();
        boolean all = true;
        for (String key : keys()) {
            Optional<PlatformKey> opened = store.get(COLLECTION, key + '/' + self.value())
                    .flatMap(document -> envelopes.open(document.value()))
                    .map(PlatformKey::new);
            opened.ifPresent(one -> found.add(0, new Numbered(number(key), one)));
            all &= opened.isPresent();
        }
        newestFirst = List.copyOf(found);
        return all && !found.isEmpty();
    }

    // "00001/1f2e3d4c", in the order of their numbers.
    private List<String> keys() {
        return store.list(COLLECTION, "").stream()
                .map(document -> document.key().substring(0, document.key().lastIndexOf('/')))
                .distinct()
                .toList();
    }

    private static int number(String key) {
        return Integer.parseInt(key.substring(0, key.indexOf('/')));
    }

    private static String name(Numbered one) {
        return String.format(Locale.ROOT, "%05d/%08x", one.number(), one.key().id());
    }

    /**
     * Tells whether the platform has keys, opened here or not.
     *
     * @return whether this node's copy of the store has an envelope, of whomever
     */
    public boolean areFounded() {
        return !store.list(COLLECTION, "").isEmpty();
    }

    /**
     * Makes the platform's first key. Only who founds the platform may, and before anything is sealed.
     *
     * @return completes when this node's envelope is kept
     */
    public CompletionStage<Void> found() {
        return add(FIRST);
    }

    /**
     * Makes a newer key: what is sealed from now on is sealed under it. Others are to be asked to take it up.
     *
     * @return completes when this node's envelope is kept
     */
    public CompletionStage<Void> rotate() {
        return add(opened().get(0).number() + 1);
    }

    private CompletionStage<Void> add(int number) {
        Numbered added = new Numbered(number, new PlatformKey(chance.bytes(PlatformKey.BYTES)));
        return keep(added, self, envelopes.own()).thenAccept(kept -> take(added));
    }

    private synchronized void take(Numbered added) {
        List<Numbered> all = new ArrayList<>(newestFirst);
        all.add(0, added);
        newestFirst = List.copyOf(all);
    }

    /**
     * Seals the keys for a node: for one that asks, or for this one after its certificate was renewed.
     *
     * @param node the node
     * @param certificate its certificate; may come from anybody
     * @return completes when all its envelopes are kept; fails by a {@link CertificateException} when the certificate is not
     *     the node's, or not good now, and by a {@link StoreNotOpenException} where the store cannot be read now
     */
    public CompletionStage<Void> admit(NodeId node, X509Certificate certificate) {
        try {
            return CompletableFuture.allOf(newestFirst.stream()
                    .map(one -> keep(one, node, certificate).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
        } catch (StoreNotOpenException unreadable) {
            return CompletableFuture.failedFuture(unreadable);
        }
    }

    private CompletionStage<Void> keep(Numbered one, NodeId node, X509Certificate certificate) {
        String key = name(one) + '/' + node.value();
        long revision = store.get(COLLECTION, key).map(Store.Document::revision).orElse(0L);
        byte[] envelope;
        try {
            envelope = envelopes.seal(one.key().bytes(), node, certificate);
        } catch (CertificateException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return store.put(COLLECTION, key, envelope, revision).thenAccept(kept -> {
            if (kept.isEmpty()) {
                throw new IllegalStateException("the envelope " + key + " was changed by another meanwhile: ask again");
            }
        });
    }

    /**
     * Takes away the envelopes of a node that is gone for good. What was sealed before it went, it may have read: a newer
     * key keeps later secrets from it.
     *
     * @param node the node
     * @return completes when they are gone
     */
    public CompletionStage<Void> expel(NodeId node) {
        return CompletableFuture.allOf(store.list(COLLECTION, "").stream()
                .filter(document -> document.key().endsWith('/' + node.value()))
                .map(document -> store.delete(COLLECTION, document.key(), document.revision())
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * A store that seals.
     *
     * @param collections which collections hold secrets
     * @return reads and writes them in the clear; fails where the keys are not open
     */
    public WholeStore sealing(Set<String> collections) {
        return new SealedStore(store, collections, new Sealer(this::ring, chance));
    }

    private KeyRing ring() {
        return new KeyRing(opened().stream().map(Numbered::key).toList());
    }

    private List<Numbered> opened() {
        List<Numbered> keys = newestFirst;
        if (keys.isEmpty()) {
            throw new StoreNotOpenException(
                    "the platform's keys are not open on this node yet: it asks the others for them");
        }
        return keys;
    }
}
