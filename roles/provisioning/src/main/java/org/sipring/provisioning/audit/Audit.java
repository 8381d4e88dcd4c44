package org.sipring.provisioning.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.accounts.LegibleDocuments;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has changed what: a line each in the log of its own name, and the latest of each node in collection {@code audit} of
 * the store. There a node writes round its own {@link #PER_NODE} places, over the oldest, so that nothing need be counted or
 * cleared away. Lives in one thread.
 */
public final class Audit {
    /** How many changes are kept of each node. */
    public static final int PER_NODE = 2000;

    private static final Logger LOG = LoggerFactory.getLogger("org.sipring.audit");
    private static final String COLLECTION = StoreCollection.AUDIT.id();
    private static final int NOT_OPEN = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;
    private final LegibleDocuments<Entry> documents;
    private final NodeId node;
    private int next = NOT_OPEN;

    private record Entry(JsonNode change, Instant time, int place) {}

    /**
     * The audit log as seen from a node.
     *
     * @param store the store
     * @param node the node
     */
    public Audit(Store store, NodeId node) {
        this.store = store;
        documents = new LegibleDocuments<>(store, COLLECTION, Audit::entry);
        this.node = node;
    }

    // Goes on behind the newest entry of an earlier life, once it is needed: the store may open after the node.
    private void open() {
        if (next == NOT_OPEN) {
            next = documents.list(node.value() + '/').stream()
                    .max(Comparator.comparing(Entry::time))
                    .map(newest -> Math.floorMod(newest.place() + 1, PER_NODE))
                    .orElse(0);
        }
    }

    /**
     * Notes something in the log alone.
     *
     * @param change what was wanted, and what became of it
     */
    public void log(Change change) {
        LOG.info("{}", change.json());
    }

    /**
     * Notes a change.
     *
     * @param change what was changed
     * @return completes when it is kept, or cannot be
     */
    public CompletionStage<Void> keep(Change change) {
        log(change);
        return put(change).thenAccept(written -> {}).exceptionallyCompose(failure -> {
            LOG.warn("a change is in this log only, not in the store: {}", failure.toString());
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletionStage<Optional<Long>> put(Change change) {
        try {
            open();
            String key = String.format(Locale.ROOT, "%s/%04d", node, next);
            next = (next + 1) % PER_NODE;
            long revision =
                    store.get(COLLECTION, key).map(Store.Document::revision).orElse(0L);
            return store.put(COLLECTION, key, change.json().toString().getBytes(StandardCharsets.UTF_8), revision);
        } catch (RuntimeException unreadable) {
            // What was changed is changed, and its caller is to hear of it.
            return CompletableFuture.failedFuture(unreadable);
        }
    }

    /**
     * The latest changes of all nodes, of those that can be read.
     *
     * @param before when they were made at the latest, exclusive
     * @param most how many at most
     * @return the newest first
     */
    public List<JsonNode> latest(Instant before, int most) {
        return documents.list("").stream()
                .filter(entry -> entry.time().isBefore(before))
                .sorted(Comparator.comparing(Entry::time).reversed())
                .limit(most)
                .map(Entry::change)
                .toList();
    }

    private static Entry entry(Store.Document document) {
        try {
            JsonNode change = JSON.readTree(document.value());
            int place = Integer.parseInt(document.key().substring(document.key().lastIndexOf('/') + 1));
            return new Entry(change, Instant.parse(change.path("time").asText()), place);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("an audit entry that is no JSON document", malformed);
        }
    }
}
