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
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;

    private final KeySettings settings;
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
        this.table = overlay.table(spec(name));
    }

    /** The table that keys live in. Every node opens it, also one that uses no keys: it may become their owner. */
    static Table.Spec<KeyRing> spec(String name) {
        return new Table.Spec<>(name, KeyRing.CODEC, Map.of(ROTATE, new Rotation()), KeyRing::merge);
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
     * Fetches the keys, makes one where the newest is old, and goes on doing so. To be called once, from any thread.
     *
     * @return completes, in the ticker's thread, when there is a key to use; never fails
     */
    public CompletionStage<Void> start() {
        ticker.execute(this::poll);
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
        if (found.due(ticker.now(), settings.rotate())) {
            rotate(done);
        } else {
            done.complete(null);
        }
    }

    private void rotate(CompletableFuture<Void> done) {
        byte[] proposal = Rotation.proposal((int) chance.number(), chance.bytes(SECRET_BYTES), settings);
        String requestId = HexFormat.of().formatHex(chance.bytes(ID_BYTES));
        table.update(ENTRY, ROTATE, proposal, requestId)
                .thenAccept(outcome -> ticker.execute(() -> rotated(outcome, done)));
    }

    private void rotated(Outcome<byte[]> outcome, CompletableFuture<Void> done) {
        if (outcome instanceof Outcome.Applied<byte[]> applied) {
            take(KeyRing.CODEC.decode(applied.answer()));
        }
        done.complete(null);
    }

    /** What is known stays known while it can be needed, also when the table has lost it. */
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
