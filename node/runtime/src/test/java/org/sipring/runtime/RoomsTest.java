package org.sipring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Ticker;

class RoomsTest {
    private final Rooms rooms = new Rooms();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        rooms.close();
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    }

    private void sayThread() {
        heard.add(Thread.currentThread().getName());
    }

    @Test
    void tasksAndTimersRunInTheRoom() throws Exception {
        Ticker ticker = rooms.open("dns");
        ticker.execute(this::sayThread);
        ticker.execute(() -> ticker.after(Duration.ofMillis(1), this::sayThread));
        assertThat(List.of(next(), next())).containsExactly("dns", "dns");
    }

    @Test
    void aRoomDoesNotKeepTheProcessAlive() throws Exception {
        rooms.open("x")
                .execute(() -> heard.add(String.valueOf(Thread.currentThread().isDaemon())));
        assertThat(next()).isEqualTo("true");
    }

    @Test
    void aRoomGoesOnAfterABug() throws Exception {
        Ticker ticker = rooms.open("dns");
        ticker.execute(() -> {
            throw new IllegalStateException("made by the test");
        });
        ticker.execute(this::sayThread);
        assertThat(next()).isEqualTo("dns");
    }

    @Test
    void aTimerOfCenturiesDoesNotRunSoon() throws Exception {
        Ticker ticker = rooms.open("dns");
        ticker.execute(() -> {
            ticker.after(Duration.ofDays(400 * 365), () -> heard.add("never"));
            ticker.after(Duration.ofMillis(1), () -> heard.add("soon"));
        });
        assertThat(next()).isEqualTo("soon");
    }

    @Test
    void whatComesAfterTheEndIsDropped() {
        Ticker ticker = rooms.open("dns");
        rooms.close();
        List<String> ran = new ArrayList<>();
        ticker.execute(() -> ran.add("task"));
        ticker.after(Duration.ZERO, () -> ran.add("timer")).cancel();
        assertThat(ran).isEmpty();
    }

    @Test
    void timeMovesForward() {
        Ticker ticker = rooms.open("dns");
        long before = ticker.nanos();
        assertThat(ticker.nanos()).isGreaterThanOrEqualTo(before);
        assertThat(ticker.now()).isBeforeOrEqualTo(SystemTime.clock().instant());
    }

    @Test
    void chanceFillsAndBounds() {
        SystemChance chance = new SystemChance();
        assertThat(chance.bytes(16)).hasSize(16).isNotEqualTo(new byte[16]);
        assertThat(chance.below(3)).isBetween(0, 2);
        assertThat(chance.number()).isNotEqualTo(chance.number());
    }
}
