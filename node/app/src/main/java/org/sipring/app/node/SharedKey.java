package org.sipring.app.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ConcurrentModificationException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.dns.wire.TsigKey;

/**
 * The TSIG key in the store: {@code updates} in collection {@code dns-keys}, as JSON with the key as in its file, and for each
 * node the digest of what its file said when it last looked. Callable from any thread.
 */
final class SharedKey {
    private static final String COLLECTION = StoreCollection.DNS_KEYS.id();
    private static final String KEY = "updates";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;

    /** What becomes of a node's file. */
    enum Outcome {
        /** It is the platform's key now. */
        GIVEN,
        /** It says what it did before, or what the platform has. */
        KNOWN,
        /** It is this node's first, and the platform has another. */
        PASSED_OVER
    }

    /**
     * What stands in the store.
     *
     * @param key the key, as in its file
     * @param files the digest of each node's file
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Document(String key, Map<String, String> files) {
        Document {
            key = Objects.requireNonNullElse(key, "");
            files = Objects.requireNonNullElse(files, Map.of());
        }

        Document with(String latest, NodeId node, String digest) {
            Map<String, String> more = new TreeMap<>(files);
            more.put(node.value(), digest);
            return new Document(latest, more);
        }
    }

    SharedKey(Store store) {
        this.store = store;
    }

    /** Tells of each change. */
    void watch(Runnable changed) {
        store.watch(COLLECTION, new Store.Watcher() {
            @Override
            public void changed(String key) {
                changed.run();
            }

            @Override
            public void allChanged() {
                changed.run();
            }
        });
    }

    /** The platform's key, where it has one; fails where what stands there is none. */
    Optional<TsigKey> read() throws IOException {
        Optional<Store.Document> stored = store.get(COLLECTION, KEY);
        return stored.isEmpty()
                ? Optional.empty()
                : Optional.of(TsigKey.parse("the store", document(stored.get()).key()));
    }

    private static Document document(Store.Document stored) throws IOException {
        try {
            Document read = JSON.readValue(stored.value(), Document.class);
            return Objects.requireNonNullElse(read, new Document("", Map.of()));
        } catch (JsonProcessingException malformed) {
            // The cause might show a part of the secret.
            throw new IOException("what the store has is no JSON");
        }
    }

    /**
     * Gives a node's own, where that is due. What is no key in the store is as good as none.
     *
     * @return what has become of it; fails as the store does, and by a {@link ConcurrentModificationException} where another
     *     node was faster: then this is to be asked again
     */
    CompletionStage<Outcome> give(TsigKey own, NodeId node) {
        return CompletableFuture.completedStage(null)
                .thenCompose(now -> store.catchUp())
                .thenCompose(known -> give(own, node, store.get(COLLECTION, KEY)));
    }

    private CompletionStage<Outcome> give(TsigKey own, NodeId node, Optional<Store.Document> stored) {
        Optional<Document> before = stored.flatMap(SharedKey::usable);
        String digest = digest(own.text());
        if (before.filter(known -> digest.equals(known.files().get(node.value())))
                .isPresent()) {
            return CompletableFuture.completedFuture(Outcome.KNOWN);
        }
        Outcome outcome = before.map(known -> outcome(known, own, node)).orElse(Outcome.GIVEN);
        String key =
                outcome == Outcome.GIVEN ? own.text() : before.orElseThrow().key();
        Document next = before.orElse(new Document("", Map.of())).with(key, node, digest);
        return store.put(
                        COLLECTION,
                        KEY,
                        bytes(next),
                        stored.map(Store.Document::revision).orElse(0L))
                .thenApply(written -> {
                    if (written.isEmpty()) {
                        throw new ConcurrentModificationException("another node was faster");
                    }
                    return outcome;
                });
    }

    private static Optional<Document> usable(Store.Document stored) {
        try {
            Document read = document(stored);
            var unused = TsigKey.parse("the store", read.key());
            return Optional.of(read);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Outcome outcome(Document before, TsigKey own, NodeId node) {
        if (before.key().equals(own.text())) {
            return Outcome.KNOWN;
        }
        return before.files().containsKey(node.value()) ? Outcome.GIVEN : Outcome.PASSED_OVER;
    }

    private static byte[] bytes(Document document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
