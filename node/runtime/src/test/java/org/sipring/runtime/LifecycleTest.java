package org.sipring.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Lifecycle lifecycle = new Lifecycle();

    private void add(String name) {
        lifecycle.add(name, () -> log.add("+" + name), () -> log.add("-" + name));
    }

    private static void fail(String why) throws Exception {
        throw new Exception(why);
    }

    @Test
    void partsStartInOrderAndStopInReverse() throws Exception {
        add("a");
        add("b");
        lifecycle.start();
        lifecycle.stop();
        assertThat(log).containsExactly("+a", "+b", "-b", "-a");
    }

    @Test
    void aSecondStopDoesNothing() throws Exception {
        add("a");
        lifecycle.start();
        lifecycle.stop();
        lifecycle.stop();
        assertThat(log).containsExactly("+a", "-a");
    }

    @Test
    void aFailedStartStopsThePartItselfAndThoseBefore() {
        add("a");
        lifecycle.add("b", () -> fail("b is broken"), () -> log.add("-b"));
        add("c");
        assertThatThrownBy(lifecycle::start).hasMessage("b is broken");
        assertThat(log).containsExactly("+a", "-b", "-a");
        assertThatCode(lifecycle::stop).doesNotThrowAnyException();
    }

    @Test
    void noFailureIsLost() throws Exception {
        lifecycle.add("a", () -> {}, () -> fail("a"));
        add("b");
        lifecycle.add("c", () -> {}, () -> fail("c"));
        lifecycle.start();
        assertThatThrownBy(lifecycle::stop).hasMessage("c").satisfies(failure -> assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(second -> assertThat(second).hasMessage("a")));
        assertThat(log).contains("-b");
    }

    @Test
    void aFailureWhileStoppingAFailedStartIsSuppressed() {
        lifecycle.add("a", () -> {}, () -> fail("a"));
        lifecycle.add("b", () -> fail("b"), () -> {});
        assertThatThrownBy(lifecycle::start).hasMessage("b").satisfies(failure -> assertThat(failure.getSuppressed())
                .hasSize(1));
    }

    @Test
    void stopInterruptsAStartThatHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        add("a");
        lifecycle.add(
                "b",
                () -> {
                    hanging.countDown();
                    new CountDownLatch(1).await();
                },
                () -> log.add("-b"));
        add("c");
        Thread starter = new Thread(() -> {
            try {
                lifecycle.start();
            } catch (Exception failure) {
                thrown.set(failure);
            }
        });
        starter.start();
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        lifecycle.stop();
        starter.join(10_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(log).containsExactly("+a", "-b", "-a");
    }
}
