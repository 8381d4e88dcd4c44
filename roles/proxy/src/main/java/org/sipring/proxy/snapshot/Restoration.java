package org.sipring.proxy.snapshot;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sipring.api.Codec;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;
import org.sipring.proxy.snapshot.SnapshotReader.Remembered;

/**
 * Puts back what a snapshot remembers, some addresses-of-record at a time. A change whose outcome is unknown, as it may be
 * while nodes join, is made again under the same name. Lives in one room.
 */
final class Restoration {
    private static final int AT_A_TIME = 128;
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Codec<Bindings> CODEC = BindingsTable.spec().codec();

    private final SnapshotReader reader;
    private final Table<Bindings> table;
    private final Ticker room;
    private final String requestId;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private long restored;
    private long expired;
    private long failed;

    /**
     * What came of it, in addresses-of-record.
     *
     * @param restored told to the table
     * @param expired left out: nothing of them holds any more
     * @param failed those that the table did not take
     * @param whole whether all of the snapshot was tried
     */
    record Result(long restored, long expired, long failed, boolean whole) {}

    /**
     * A restoration that has not begun.
     *
     * @param reader closed at the end
     * @param table where to
     * @param room where it lives
     * @param requestId names its changes; another one for each snapshot
     */
    Restoration(SnapshotReader reader, Table<Bindings> table, Ticker room, String requestId) {
        this.reader = reader;
        this.table = table;
        this.room = room;
        this.requestId = requestId;
    }

    /** Begins; completes in the room. */
    CompletableFuture<Result> start() {
        next();
        return result;
    }

    private void next() {
        try {
            List<Remembered> some = reader.next(AT_A_TIME);
            if (some.isEmpty()) {
                end(true);
            } else {
                put(some.stream().filter(this::holds).toList(), ATTEMPTS);
            }
        } catch (IOException unreadable) {
            end(false);
        }
    }

    private boolean holds(Remembered one) {
        try {
            boolean ended = CODEC.decode(one.bindings()).at(room.now()).isEmpty();
            expired += ended ? 1 : 0;
            return !ended;
        } catch (IllegalArgumentException ofAnotherRelease) {
            failed++;
            return false;
        }
    }

    private void put(List<Remembered> some, int attempts) {
        Map<Remembered, CompletableFuture<Outcome<byte[]>>> asked = new HashMap<>();
        some.forEach(one -> asked.put(
                one,
                BindingsTable.restore(table, one.aor(), one.bindings(), requestId)
                        .toCompletableFuture()));
        var unused = CompletableFuture.allOf(asked.values().toArray(new CompletableFuture<?>[0]))
                .thenRun(() -> room.execute(() -> judge(asked, attempts)));
    }

    private void judge(Map<Remembered, CompletableFuture<Outcome<byte[]>>> asked, int attempts) {
        List<Remembered> unknown = new ArrayList<>();
        asked.forEach((one, outcome) -> {
            if (outcome.join() instanceof Outcome.Unknown) {
                unknown.add(one);
            }
        });
        restored += asked.size() - unknown.size();
        if (unknown.isEmpty()) {
            next();
        } else if (attempts > 1) {
            room.after(PAUSE, () -> put(unknown, attempts - 1));
        } else {
            failed += unknown.size();
            // Where the table takes nothing for so long, the rest of a large file would be tried for hours.
            end(false);
        }
    }

    private void end(boolean whole) {
        try {
            reader.close();
        } catch (IOException nothingIsLost) {
            result.complete(new Result(restored, expired, failed, whole));
        }
        result.complete(new Result(restored, expired, failed, whole));
    }
}
