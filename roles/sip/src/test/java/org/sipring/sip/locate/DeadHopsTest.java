package org.sipring.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadHopsTest {
    private static final NextHop A = hop(1);
    private static final NextHop B = hop(2);
    private static final NextHop C = hop(3);

    private long now;
    private final DeadHops dead = new DeadHops(2, Duration.ofSeconds(30), () -> now);

    private static NextHop hop(int port) {
        return new NextHop(Protocol.UDP, InetSocketAddress.createUnresolved("host", port));
    }

    @Test
    void whoDidNotAnswerIsTriedLastForAWhile() {
        dead.died(A);
        assertThat(dead.last(List.of(A, B, C))).containsExactly(B, C, A);
        now += Duration.ofSeconds(30).toNanos();
        assertThat(dead.last(List.of(A, B, C))).containsExactly(A, B, C);
    }

    @Test
    void whoAnsweredIsAlive() {
        dead.died(A);
        dead.lives(A);
        assertThat(dead.last(List.of(A, B))).containsExactly(A, B);
    }

    @Test
    void thoseThatDiedFirstAreForgottenWhenThereAreTooMany() {
        dead.died(A);
        dead.died(B);
        dead.died(C);
        assertThat(dead.last(List.of(A, B, C))).containsExactly(A, B, C);
        assertThat(dead.last(List.of(C, A))).containsExactly(A, C);
    }
}
