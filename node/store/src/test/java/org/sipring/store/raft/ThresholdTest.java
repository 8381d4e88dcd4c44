package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Answer;

/** Strangers at the port of a real replica. */
@Tag("acceptance")
@Timeout(120)
final class ThresholdTest {
    private final TestGroup group;
    private final List<Socket> strangers = new ArrayList<>();

    ThresholdTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        group.close();
    }

    private Socket stranger() throws IOException {
        InetSocketAddress port = group.seat(1).replica().self().address();
        Socket stranger = new Socket(port.getAddress(), port.getPort());
        strangers.add(stranger);
        return stranger;
    }

    private static boolean isClosed(Socket stranger, Duration patience) throws IOException {
        stranger.setSoTimeout((int) patience.toMillis());
        try {
            return stranger.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private CompletableFuture<Answer> change(Submitter submitter) {
        return submitter
                .submit(TestGroup.put("alice"))
                .thenApply(Submitter.Told::answer)
                .toCompletableFuture();
    }

    @Test
    void soManyOfOneAddressWaitAndNoneForLong() throws Exception {
        for (int i = 0; i < Threshold.OF_ONE_ADDRESS; i++) {
            stranger();
        }
        assertThat(isClosed(stranger(), Threshold.PROOF.dividedBy(2))).isTrue();
        assertThat(isClosed(strangers.get(0), Duration.ofMillis(100))).isFalse();

        for (Socket stranger : strangers) {
            assertThat(isClosed(stranger, Threshold.PROOF.multipliedBy(2))).isTrue();
        }
        assertThat(isClosed(stranger(), Duration.ofMillis(100))).isFalse();
    }

    @Test
    void whoHasProvedItselfTakesNobodysPlace() throws Exception {
        try (Submitter submitter = group.seat(1).submitter()) {
            assertThat(change(submitter).get(60, TimeUnit.SECONDS)).isEqualTo(Answer.written(1));
            for (int i = 0; i < Threshold.OF_ONE_ADDRESS; i++) {
                assertThat(isClosed(stranger(), Duration.ofMillis(100))).isFalse();
            }
        }
    }

    @Test
    void aNodeIsHeardOnceTheStrangersAreGone() throws Exception {
        for (int i = 0; i < Threshold.OF_ONE_ADDRESS; i++) {
            stranger();
        }
        try (Submitter submitter = group.seat(1).submitter()) {
            CompletableFuture<Answer> change = change(submitter);
            assertThatThrownBy(() -> change.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(change.get(60, TimeUnit.SECONDS)).isEqualTo(Answer.written(1));
        }
    }
}
