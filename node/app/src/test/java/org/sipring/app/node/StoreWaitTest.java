package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sipring.runtime.Rooms;

@Timeout(20)
final class StoreWaitTest {
    @Test
    void itEndsWhenDocumentsCanBeRead() throws Exception {
        AtomicBoolean readable = new AtomicBoolean();
        CountDownLatch looked = new CountDownLatch(2);
        try (Rooms rooms = new Rooms()) {
            StoreWait wait = new StoreWait(
                    rooms.open("store"),
                    () -> {
                        looked.countDown();
                        return readable.get();
                    },
                    () -> "");
            FutureTask<Void> waiting = task(wait);
            new Thread(waiting).start();
            looked.await();
            assertThat(waiting).isNotDone();
            readable.set(true);
            waiting.get();
        }
    }

    @Test
    void whoIsToldToStopWaitsNoLonger() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        try (Rooms rooms = new Rooms()) {
            StoreWait wait = new StoreWait(
                    rooms.open("store"),
                    () -> {
                        looked.countDown();
                        return false;
                    },
                    () -> "");
            FutureTask<Void> waiting = task(wait);
            Thread starter = new Thread(waiting);
            starter.start();
            looked.await();
            starter.interrupt();

            assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    private static FutureTask<Void> task(StoreWait wait) {
        return new FutureTask<>(() -> {
            wait.await();
            return null;
        });
    }
}
