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
        dead.died("h", A);
        assertThat(dead.last("h", List.of(A, B, C))).containsExactly(B, C, A);
        now += Duration.ofSeconds(30).toNanos();
        assertThat(dead.last("h", List.of(A, B, C))).containsExactly(A, B, C);
    }

    @Test
    void whoAnsweredIsAlive() {
        dead.died("h", A);
        dead.lives("h", A);
        assertThat(dead.last("h", List.of(A, B))).containsExactly(A, B);
    }

    @Test
    void thoseThatDiedFirstAreForgottenWhenThereAreTooMany() {
        dead.died("h", A);
        dead.died("h", B);
        dead.died("h", C);
        assertThat(dead.last("h", List.of(A, B, C))).containsExactly(A, B, C);
        assertThat(dead.last("h", List.of(C, A))).containsExactly(A, C);
    }

    @Test
    void whoHasNoTlsNeverOvertakesWhoHas() {
        NextHop tls = new NextHop(Protocol.TLS, A.address());
        NextHop other = new NextHop(Protocol.TLS, B.address());
        dead.died("h", tls);
        dead.died("h", B);
        assertThat(dead.last("h", List.of(tls, other, B, C))).containsExactly(other, tls, C, B);
        assertThat(dead.last("h", List.of(tls, C))).containsExactly(tls, C);
        assertThat(dead.last("h", List.of(B, other))).containsExactly(other, B);
        assertThat(dead.last("h", List.of())).isEmpty();
    }

    @Test
    void whoLeadsToOthersServersSaysNothingOfThem() {
        dead.died("stranger", A);
        assertThat(dead.last("h", List.of(A, B))).containsExactly(A, B);
        assertThat(dead.last("stranger", List.of(A, B))).containsExactly(B, A);
    }
}
