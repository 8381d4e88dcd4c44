package org.sipring.app.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Meter;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.overlay.HazelcastOverlay;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.snapshot.Snapshots;
import org.sipring.runtime.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bindings on this node's disk, as the operator wants it. */
final class SnapshotPart {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotPart.class);

    // Whoever is called before its bindings are back cannot be reached; who calls before the node serves is called by
    // none. Where other nodes are still joining, it takes seconds more, and phones need the node.
    private static final long START_SECONDS = 2;
    private static final long STOP_SECONDS = 20;

    private final Path file;
    private final Optional<Snapshots> snapshots;

    SnapshotPart(Settings settings, HazelcastOverlay overlay, Table<Bindings> bindings, Ticker room, Meter meter) {
        file = settings.node().dataDir().resolve("bindings.snapshot");
        Duration every = settings.sip().bindingsSnapshot();
        snapshots = every.isZero()
                ? Optional.empty()
                : Optional.of(
                        new Snapshots(new Snapshots.Plan(file, every), overlay, overlay::age, bindings, room, meter));
    }

    /** Returns when what is to be put back has been, or goes on with that while the node serves. */
    void start() throws Exception {
        if (snapshots.isEmpty()) {
            Snapshots.forget(file);
            return;
        }
        try {
            @Nullable
            Void unused = snapshots.get().start().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException many) {
            LOG.info("bindings from {} are still being put back", file);
        }
    }

    /** Writes them once more. */
    void stop() throws Exception {
        if (snapshots.isPresent()) {
            snapshots.get().stop().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }
}
