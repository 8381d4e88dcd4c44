package org.sipring.proxy.keys;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Chance;
import org.sipring.api.Outcome;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.Ticker;

/**
 * Keys that all nodes share, in a table of one entry, made anew now and then. Each node keeps a copy, so that reading
 * never blocks. {@link #newest} throws before {@link #start} has completed.
 */
public final class SharedKeys implements Keys {
    private static final String ENTRY = "keys";
    private static final String ROTATE = "rotate";
    private static final String RESTORE = "restore";
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;

    private final KeySettings settings;
    private final Overlay overlay;
    private final Table<KeyRing> table;
    private final Ticker ticker;
    private final Chance chance;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    // Written in the ticker's thread only.
    private volatile KeyRing ring = KeyRing.NONE;

    /**
     * The keys of a table.
     *
     * @param name the table's name, such as {@code nonce-keys}
     * @param settings how they live
     * @param overlay keeps the table
     * @param ticker the room that fetches them
     * @param chance makes them
     */
    public SharedKeys(String name, KeySettings settings, Overlay overlay, Ticker ticker, Chance chance) {
        this.settings = settings;
        this.ticker = ticker;
        this.chance = chance;
        this.overlay = overlay;
        this.table = overlay.table(spec(name));
    }

    /** The table that keys live in. Every node opens it, also one that uses no keys: it may become their owner. */
    static Table.Spec<KeyRing> spec(String name) {
        return new Table.Spec<>(
                name, KeyRing.CODEC, Map.of(ROTATE, new Rotation(), RESTORE, new Restoration()), KeyRing::merge);
    }

    /**
     * Opens the table that keys live in. Every node does, also one that uses no keys: it may become their owner.
     *
     * @param name the table's name
     * @param overlay keeps the table
     */
    public static void openTable(String name, Overlay overlay) {
        overlay.table(spec(name));
    }

    /**
     * Fetches the keys, makes one where the newest is old, and goes on doing so, now and then and with each view. To be
     * called once, from any thread.
     *
     * @return completes, in the ticker's thread, when there is a key to use; never fails
     */
    public CompletionStage<Void> start() {
        ticker.execute(this::poll);
        // Whoever has just come, or is back from the other side of a partition, may have made a key, and seal with it.
        overlay.onView(view -> ticker.execute(this::refresh));
        return ready;
    }

    private void poll() {
        refresh().whenComplete((done, failure) -> ticker.execute(this::pollLater));
    }

    private void pollLater() {
        ticker.after(ready.isDone() ? settings.poll() : settings.retry(), this::poll);
    }

    /**
     * Fetches the keys now: another node may have made one a moment ago.
     *
     * @return completes when they are here, or cannot be had now; never fails; on any thread
     */
    public CompletionStage<Void> refresh() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        table.get(ENTRY)
                .exceptionally(unreachable -> Optional.empty())
                .thenAccept(found -> ticker.execute(() -> fetched(found.orElse(KeyRing.NONE), done)));
        return done;
    }

    private void fetched(KeyRing found, CompletableFuture<Void> done) {
        take(found);
        if (ring.due(ticker.now(), settings.rotate())) {
            byte[] secret = chance.bytes(SECRET_BYTES);
            change(ROTATE, Rotation.proposal((int) chance.number(), secret, settings), done);
        } else if (!found.holds(ring)) {
            // More nodes died at once than the table bears. Whoever came since knows only what the table has, and could
            // not read what this node seals.
            change(RESTORE, Restoration.proposal(ring, settings), done);
        } else {
            done.complete(null);
        }
    }

    private void change(String rule, byte[] proposal, CompletableFuture<Void> done) {
        String requestId = HexFormat.of().formatHex(chance.bytes(ID_BYTES));
        table.update(ENTRY, rule, proposal, requestId)
                .thenAccept(outcome -> ticker.execute(() -> changed(outcome, done)));
    }

    private void changed(Outcome<byte[]> outcome, CompletableFuture<Void> done) {
        if (outcome instanceof Outcome.Applied<byte[]> applied) {
            take(KeyRing.CODEC.decode(applied.answer()));
        }
        done.complete(null);
    }

    /** What is known stays known while it can be needed, also where the table has lost it. */
    private void take(KeyRing found) {
        ring = ring.merge(found).since(ticker.now().minus(settings.keep()));
        if (!ring.keys().isEmpty()) {
            ready.complete(null);
        }
    }

    @Override
    public Key newest() {
        Instant known = ticker.now().minus(settings.poll().multipliedBy(2));
        return ring.sealing(known)
                .orElseThrow(() -> new IllegalStateException("no shared key yet: wait for start() to complete"));
    }

    @Override
    public Optional<Key> find(int id) {
        return ring.find(id);
    }
}
