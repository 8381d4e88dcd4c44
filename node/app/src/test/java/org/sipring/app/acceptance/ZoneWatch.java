package org.sipring.app.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads, again and again, who wrote the zone, on a thread of its own, until closed. */
final class ZoneWatch implements AutoCloseable {
    private static final String FENCE = "_sipring-epoch." + Users.DOMAIN;

    private final List<Written> seen = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::watch, "zone-watch");
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
        thread.start();
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

    /** Every text that was seen, in order. */
    List<Written> seen() {
        return List.copyOf(seen);
    }

    /** Everybody who became the holder while this watched, in order. */
    List<String> reigns() {
        List<String> reigns = new ArrayList<>();
        for (int i = 1; i < seen.size(); i++) {
            if (seen.get(i).epoch() != seen.get(i - 1).epoch()) {
                reigns.add(seen.get(i).holder());
            }
        }
        return reigns;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
