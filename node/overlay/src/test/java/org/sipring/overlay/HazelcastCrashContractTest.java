package org.sipring.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Overlay;
import org.sipring.overlay.forming.Wish;
import org.sipring.testkit.contract.CrashContract;

/** The simulated platform's crash cases, asked of real members. */
@Tag("acceptance")
class HazelcastCrashContractTest extends CrashContract {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(50);

    @TempDir
    @Nullable
    Path directory;

    private final TreeSet<Integer> running = new TreeSet<>();
    private @Nullable TestPlatform platform;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform(Objects.requireNonNull(directory), 3);
        for (int number = 1; number <= 3; number++) {
            restart(number);
        }
        for (int number = 1; number <= 3; number++) {
            platform().running(number).seenOf(3);
        }
    }

    @AfterEach
    void stop() {
        platform().close();
    }

    private TestPlatform platform() {
        return Objects.requireNonNull(platform);
    }

    @Override
    protected Overlay node(int number) {
        return platform().running(number).overlay;
    }

    @Override
    protected void kill(int number) {
        running.remove(number);
        platform().kill(number);
    }

    @Override
    protected void restart(int number) {
        try {
            TestNode node = platform().node(number, running.toArray(Integer[]::new));
            node.overlay.table(spec());
            node.start(running.isEmpty() ? Wish.BOOTSTRAP : Wish.JOIN);
            running.add(number);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    protected void untilSafe() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!safe() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        assertThat(safe()).isTrue();
    }

    private boolean safe() {
        return running.stream().allMatch(number -> node(number).table(spec()).safe());
    }
}
