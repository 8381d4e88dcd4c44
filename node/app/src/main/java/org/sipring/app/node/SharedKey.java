package org.sipring.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.dns.wire.TsigKey;

/**
 * The TSIG key in the store: {@code updates} in collection {@code dns-keys}, as JSON with the key as in its file, and for each
 * node the digest of what its file said when it last looked. Callable from any thread.
 */
final class SharedKey {
    private static final String COLLECTION = "dns-keys";
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
    record Document(String key, Map<String, String> files) {
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

    /** The platform's key, where it has one. */
    Optional<TsigKey> read() throws IOException {
        Optional<Store.Document> stored = store.get(COLLECTION, KEY);
        return stored.isEmpty()
                ? Optional.empty()
                : Optional.of(TsigKey.parse(
                        "the store",
                        JSON.readValue(stored.get().value(), Document.class).key()));
    }

    /** Gives a node's own, where that is due; blocks, and fails as the store's answer does. */
    Outcome give(TsigKey own, NodeId node) {
        store.catchUp().toCompletableFuture().join();
        while (true) {
            Optional<Store.Document> stored = store.get(COLLECTION, KEY);
            Optional<Document> before = stored.map(SharedKey::document);
            String digest = digest(own.text());
            if (before.filter(known -> digest.equals(known.files().get(node.value())))
                    .isPresent()) {
                return Outcome.KNOWN;
            }
            Outcome outcome = outcome(before, own, node);
            Document next = before.orElse(new Document("", Map.of()))
                    .with(
                            outcome == Outcome.GIVEN
                                    ? own.text()
                                    : before.orElseThrow().key(),
                            node,
                            digest);
            if (put(next, stored.map(Store.Document::revision).orElse(0L))) {
                return outcome;
            }
        }
    }

    private static Outcome outcome(Optional<Document> before, TsigKey own, NodeId node) {
        if (before.isEmpty()) {
            return Outcome.GIVEN;
        }
        if (before.get().key().equals(own.text())) {
            return Outcome.KNOWN;
        }
        return before.get().files().containsKey(node.value()) ? Outcome.GIVEN : Outcome.PASSED_OVER;
    }

    // Another node may be faster.
    private boolean put(Document next, long expected) {
        try {
            return store.put(COLLECTION, KEY, JSON.writeValueAsBytes(next), expected)
                    .toCompletableFuture()
                    .join()
                    .isPresent();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Document document(Store.Document stored) {
        try {
            return JSON.readValue(stored.value(), Document.class);
        } catch (IOException foreign) {
            throw new UncheckedIOException("dns-keys/updates in the store is no key", foreign);
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
