package org.sipring.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms of the house: threads, each with the ticker of whatever lives there. Callable from any thread.
 *
 * <p>Threads bear the room's name and do not keep the process alive. An exception that a task lets out is logged with
 * the room's name, and the room goes on.
 */
public final class Rooms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Room> rooms = new ArrayList<>();

    private record Room(String name, ScheduledExecutorService executor) {}

    /**
     * Makes a room.
     *
     * @param name the thread's name, such as {@code dns}
     * @return its ticker
     */
    public synchronized Ticker open(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> thread(name, task));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        rooms.add(new Room(name, executor));
        return new SystemTicker(name, executor);
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Lets running tasks end, drops pending ones, and waits at most five seconds for each room. */
    @Override
    public synchronized void close() {
        for (int last = rooms.size() - 1; last >= 0; last--) {
            close(rooms.get(last));
        }
        rooms.clear();
    }

    private static void close(Room room) {
        room.executor().shutdown();
        try {
            if (!room.executor().awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a task in room {} does not end; leaving it", room.name());
                room.executor().shutdownNow();
            }
        } catch (InterruptedException hurry) {
            room.executor().shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
