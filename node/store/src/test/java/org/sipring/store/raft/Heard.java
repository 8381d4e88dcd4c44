package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sipring.api.Store;

/** What a watcher hears, in its order: keys, or {@link #ALL}. */
final class Heard implements Store.Watcher {
    static final String ALL = "all";

    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();

    @Override
    public void changed(String key) {
        keys.add(key);
    }

    @Override
    public void allChanged() {
        keys.add(ALL);
    }

    /** Waits for it. */
    String next() throws InterruptedException {
        String next = keys.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("something is heard").isNotNull();
        return next;
    }

    /** Waits for one of them, whatever comes before it. */
    void until(String key) throws InterruptedException {
        String next = next();
        while (!next.equals(key)) {
            next = next();
        }
    }
}
