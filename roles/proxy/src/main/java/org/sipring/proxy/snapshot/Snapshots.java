package org.sipring.proxy.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Meter;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.proxy.registrar.Bindings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the bindings that this node holds to its disk, again and again, and puts them back when the platform has been
 * formed anew: never into one that lives. All lives in one room, which may touch the disk.
 */
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    // Nodes that lost power together come back within minutes of each other.
    private static final Duration YOUNG = Duration.ofMinutes(5);

    // What a message's way makes uncertain about the moment of a founding, and much more.
    private static final long SAME_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SnapshotFile file;
    private final Duration every;
    private final Overlay overlay;
    private final Supplier<CompletionStage<Optional<Duration>>> age;
    private final Table<Bindings> table;
    private final Ticker room;
    private final Runnable failures;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private @Nullable Long founded;
    private @Nullable Long mark;
    private boolean restoring;
    private boolean failing;
    private boolean ended;
    private volatile long trueAt;
    private volatile long bindings;

    /**
     * How it is done.
     *
     * @param file what is written
     * @param every how often
     */
    public record Plan(Path file, Duration every) {}

    /**
     * Snapshots that are not taken yet.
     *
     * @param plan where and how often
     * @param overlay names platform and node
     * @param age how long ago the platform was formed; empty where nobody knows
     * @param table of whose copies
     * @param room where it lives
     * @param meter counts
     */
    public Snapshots(
            Plan plan,
            Overlay overlay,
            Supplier<CompletionStage<Optional<Duration>>> age,
            Table<Bindings> table,
            Ticker room,
            Meter meter) {
        file = new SnapshotFile(plan.file());
        every = plan.every();
        this.overlay = overlay;
        this.age = age;
        this.table = table;
        this.room = room;
        trueAt = room.nanos();
        failures = meter.counter(
                "sipring_bindings_snapshot_failures_total",
                "Times that the bindings could not be written to the disk.");
        meter.gauge(
                "sipring_bindings_snapshot_age_seconds",
                "How long ago the bindings on the disk were those that this node held.",
                () -> (room.nanos() - trueAt) / 1e9);
        meter.gauge("sipring_bindings_snapshot_bindings", "Bindings in the last snapshot.", () -> bindings);
    }

    /**
     * Deletes what was written, where nothing is to be: what is no longer kept up must not come back one day.
     *
     * @param file as in the plan
     * @throws IOException when it cannot be deleted
     */
    public static void forget(Path file) throws IOException {
        SnapshotFile old = new SnapshotFile(file);
        old.delete();
        old.before().delete();
    }

    /**
     * Begins. The node is on the platform.
     *
     * @return completes when what is to be put back has been
     */
    public CompletionStage<@Nullable Void> start() {
        room.execute(this::look);
        return started;
    }

    private void look() {
        var unused = age.get()
                .whenComplete((known, failure) -> room.execute(() -> seen(failure == null ? known : Optional.empty())));
    }

    private void seen(Optional<Duration> known) {
        if (ended) {
            return;
        }
        if (isNew(known)) {
            restoring = true;
            restore(new ArrayDeque<>(List.of(file.before(), file)));
        } else {
            go();
        }
    }

    /** Whether the platform has been formed since it was last asked, and just now. */
    private boolean isNew(Optional<Duration> known) {
        if (known.isEmpty()) {
            return false;
        }
        Long before = founded;
        long now = room.nanos() - known.get().toNanos();
        founded = now;
        boolean another = before == null || Math.abs(now - before) > SAME_NANOS;
        return another && known.get().compareTo(YOUNG) < 0;
    }

    private void go() {
        restoring = false;
        if (!ended) {
            write(true);
        }
        started.complete(null);
        room.after(every, this::look);
    }

    /** Puts back what is in these files, one after the other. */
    private void restore(Queue<SnapshotFile> left) {
        SnapshotFile next = left.poll();
        if (next == null) {
            go();
        } else if (next.isThere()) {
            restore(next, () -> restore(left));
        } else {
            restore(left);
        }
    }

    private void restore(SnapshotFile from, Runnable then) {
        try {
            SnapshotReader reader = from.open();
            Optional<String> refusal = refusal(reader.head());
            if (refusal.isPresent()) {
                reader.close();
                leave(from, refusal.get());
                then.run();
            } else {
                restore(from, reader, then);
            }
        } catch (IOException unusable) {
            leave(from, String.valueOf(unusable.getMessage()));
            then.run();
        }
    }

    private void restore(SnapshotFile from, SnapshotReader reader, Runnable then) {
        long written = reader.head().written().toEpochMilli();
        var unused = new Restoration(reader, table, room, "restore " + overlay.self() + ' ' + written)
                .start()
                .thenAccept(result -> {
                    ended(from, result, reader.head());
                    then.run();
                });
    }

    private Optional<String> refusal(Head head) {
        String platform = overlay.view().platform();
        if (!head.platform().equals(platform)) {
            return Optional.of("it is of platform " + head.platform() + ", and this is " + platform);
        }
        return head.written().isAfter(room.now())
                ? Optional.of("it was written at " + head.written() + ", and this node's clock says " + room.now()
                        + ": the clock has gone back, and nobody knows what has expired")
                : Optional.empty();
    }

    private void ended(SnapshotFile from, Restoration.Result result, Head head) {
        LOG.info(
                "the platform was formed anew: of {}, {} s old, {} addresses-of-record were put back, {} had expired",
                from,
                Duration.between(head.written(), room.now()).toSeconds(),
                result.restored(),
                result.expired());
        if (!result.whole() || result.failed() > 0) {
            leave(
                    from,
                    result.failed() + " addresses-of-record of it were not taken"
                            + (result.whole() ? "" : ", nor what follows"));
        }
    }

    private static void leave(SnapshotFile from, String why) {
        LOG.warn(
                "bindings from before all nodes ended are not put back from {}: {}. Their phones can be called again when"
                        + " they register. The file is kept as {}",
                from,
                why,
                aside(from));
    }

    private static String aside(SnapshotFile from) {
        try {
            return from.setAside().toString();
        } catch (IOException failure) {
            return "it is, until the next one is written: " + failure;
        }
    }

    /** Writes if anything has changed. Files give way to newer ones only where one more period has passed. */
    private void write(boolean giveWay) {
        try {
            long now = table.held().mark();
            boolean changed = mark == null || mark != now;
            if (giveWay) {
                giveWay(changed);
            }
            if (changed) {
                bindings = file.write(new Head(overlay.view().platform(), room.now()), table.held());
                mark = now;
            }
            trueAt = room.nanos();
            failing = false;
        } catch (IOException | RuntimeException failure) {
            failures.run();
            if (!failing) {
                LOG.warn(
                        "the bindings cannot be written to {}: {}. Should all nodes end now, what has changed since the"
                                + " last time would be lost",
                        file,
                        failure.toString());
            }
            failing = true;
        }
    }

    // Whoever took over what this node gave away has written it after a period.
    private void giveWay(boolean changed) throws IOException {
        if (changed) {
            file.becomeBefore();
        } else {
            file.before().delete();
        }
    }

    /**
     * Writes once more, unless what was there before is still being put back, and never again: the node leaves the platform.
     *
     * @return completes when that is on disk, or cannot be
     */
    public CompletionStage<@Nullable Void> stop() {
        CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
        room.execute(() -> {
            if (started.isDone() && !restoring) {
                write(false);
            }
            ended = true;
            stopped.complete(null);
        });
        return stopped;
    }
}
