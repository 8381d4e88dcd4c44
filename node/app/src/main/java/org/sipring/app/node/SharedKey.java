package org.sipring.app.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.api.Sha256;
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
     * @param key the key, as in its file; empty where there is none
     * @param files the digest of each node's file
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Content(String key, Map<String, String> files) {
        static final Content NONE = new Content("", Map.of());

        Content {
            key = Objects.requireNonNullElse(key, "");
            files = Objects.requireNonNullElse(files, Map.of());
        }

        boolean knows(NodeId node, String file) {
            return digest(file).equals(files.get(node.value()));
        }

        /** What becomes of a node's file. */
        Outcome outcome(NodeId node, String file) {
            if (knows(node, file) || key.equals(file)) {
                return Outcome.KNOWN;
            }
            return key.isEmpty() || files.containsKey(node.value()) ? Outcome.GIVEN : Outcome.PASSED_OVER;
        }

        /** What is to stand there then. */
        Content after(NodeId node, String file) {
            Map<String, String> more = new TreeMap<>(files);
            more.put(node.value(), digest(file));
            return new Content(outcome(node, file) == Outcome.GIVEN ? file : key, more);
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
                : Optional.of(TsigKey.parse("the store", content(stored.get()).key()));
    }

    private static Content content(Store.Document stored) throws IOException {
        try {
            return Objects.requireNonNullElse(JSON.readValue(stored.value(), Content.class), Content.NONE);
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
        // A chain from the start on, so that what the store throws at once fails it as well.
        return CompletableFuture.completedStage(null)
                .thenCompose(now -> store.catchUp())
                .thenCompose(known -> give(own.text(), node, store.get(COLLECTION, KEY)));
    }

    private CompletionStage<Outcome> give(String own, NodeId node, Optional<Store.Document> stored) {
        Content before = stored.flatMap(SharedKey::usable).orElse(Content.NONE);
        Outcome outcome = before.outcome(node, own);
        if (before.knows(node, own)) {
            return CompletableFuture.completedFuture(outcome);
        }
        long revision = stored.map(Store.Document::revision).orElse(0L);
        return store.put(COLLECTION, KEY, bytes(before.after(node, own)), revision)
                .thenApply(written -> {
                    if (written.isEmpty()) {
                        throw new ConcurrentModificationException("another node was faster");
                    }
                    return outcome;
                });
    }

    private static Optional<Content> usable(Store.Document stored) {
        try {
            Content read = content(stored);
            var unused = TsigKey.parse("the store", read.key());
            return Optional.of(read);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Content content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String digest(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
