package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads, again and again, who wrote the zone, on a thread of its own, until closed or until a reading fails. */
final class ZoneWatch implements AutoCloseable {
    private static final String FENCE = "_sipring-epoch." + Users.DOMAIN;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<Written> seen = new CopyOnWriteArrayList<>();
    private final FutureTask<Void> watching = new FutureTask<>(this::watch, null);
    private volatile boolean closed;

    /**
     * A text of the fence.
     *
     * @param epoch counts holders
     * @param seq counts updates
     * @param holder who wrote
     */
    record Written(long epoch, long seq, String holder) {}

    ZoneWatch() {
        new Thread(watching, "zone-watch").start();
    }

    /** What the fence says now: {@code "v1 platform epoch seq holder nonce"}. */
    static Written now() {
        String[] words = Dns.query(FENCE, "TXT").get(0).replace("\"", "").split(" ", -1);
        return new Written(Long.parseLong(words[2]), Long.parseLong(words[3]), words[4]);
    }

    private void watch() {
        while (!closed) {
            Written written = now();
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(written)) {
                seen.add(written);
            }
        }
    }

    /** Every text that was seen, in order, once the one that is there now is among them; fails when the watch missed it. */
    List<Written> seenUntilNow() {
        Written last = now();
        Stopwatch.until("the watch reads " + last, LIMIT, () -> watching.isDone() || saw(last.seq()));
        assertThat(saw(last.seq())).as("%s up to %s", seen, last).isTrue();
        return List.copyOf(seen);
    }

    private boolean saw(long seq) {
        return !seen.isEmpty() && seen.get(seen.size() - 1).seq() >= seq;
    }

    /** Everybody who became the holder in the course of some texts, in order. */
    static List<String> reigns(List<Written> texts) {
        List<String> reigns = new ArrayList<>();
        for (int i = 1; i < texts.size(); i++) {
            if (texts.get(i).epoch() != texts.get(i - 1).epoch()) {
                reigns.add(texts.get(i).holder());
            }
        }
        return reigns;
    }

    /** Ends the watch; fails when a reading failed, since all later texts were missed. */
    @Override
    public void close() {
        closed = true;
        try {
            watching.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the watch ended early", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
