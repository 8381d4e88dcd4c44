package org.sipring.app.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until documents can be read, as long as it takes, and says meanwhile what it waits for. */
final class StoreWait {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration COMPLAIN = Duration.ofSeconds(10);

    private final Ticker room;
    private final BooleanSupplier readable;
    private final Supplier<String> reason;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /**
     * Waits for nothing yet.
     *
     * @param room where it looks
     * @param readable whether documents can be read
     * @param reason what is missing while they cannot
     */
    StoreWait(Ticker room, BooleanSupplier readable, Supplier<String> reason) {
        this.room = room;
        this.readable = readable;
        this.reason = reason;
    }

    /** Blocks until documents can be read. */
    void await() throws InterruptedException, ExecutionException {
        room.execute(this::look);
        Ticker.Timer complaint = complainLater();
        try {
            over.get();
        } finally {
            over.cancel(false);
            complaint.cancel();
        }
    }

    private void look() {
        if (over.isDone()) {
            return;
        }
        if (readable.getAsBoolean()) {
            over.complete(null);
        } else {
            room.after(LOOK, this::look);
        }
    }

    private Ticker.Timer complainLater() {
        return room.after(COMPLAIN, this::complain);
    }

    private void complain() {
        if (!over.isDone()) {
            LOG.warn("waiting for the platform's documents: {}", reason.get());
            var unused = complainLater();
        }
    }
}
