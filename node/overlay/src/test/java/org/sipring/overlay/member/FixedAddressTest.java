package org.sipring.overlay.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A member's port may be held for a moment by the one before it. */
final class FixedAddressTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void waitsForAPortThatIsAboutToBeFree() throws Exception {
        try (ServerSocket before = new ServerSocket(0, 1, HERE)) {
            FixedAddress address = new FixedAddress((InetSocketAddress) before.getLocalSocketAddress());
            CompletableFuture<Void> freed = CompletableFuture.runAsync(
                    () -> close(before), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
            address.pickAddress();
            freed.join();
            try (var picked = Objects.requireNonNull(address.getServerSocketChannel(EndpointQualifier.MEMBER))) {
                assertThat(picked.getLocalAddress()).isEqualTo(before.getLocalSocketAddress());
            }
        }
    }

    @Test
    void saysWhichPortIsNotGivenFree() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
            FixedAddress address = new FixedAddress((InetSocketAddress) other.getLocalSocketAddress());
            assertThatThrownBy(address::pickAddress)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on ")
                    .hasMessageContaining(Integer.toString(other.getLocalPort()));
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
