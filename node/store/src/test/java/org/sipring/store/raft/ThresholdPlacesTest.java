package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.ratis.thirdparty.io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Places in front of a replica are given back by whoever had them. */
final class ThresholdPlacesTest {
    private final Threshold threshold = new Threshold();
    private final EmbeddedChannel listener = new EmbeddedChannel(threshold);

    private static final class Connection extends EmbeddedChannel {
        private final int port;

        Connection(int port) {
            this.port = port;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
    }

    @AfterEach
    void stop() {
        assertThat(listener.close().isSuccess()).isTrue();
        threshold.close();
    }

    private boolean enters(Connection connection) {
        return listener.writeInbound(connection) && connection.equals(listener.readInbound());
    }

    // Both are read before the end of the first, which was reset, is heard of.
    @Test
    void twoOfOneAddressAndPortGiveBackBoth() {
        for (int time = 0; time < Threshold.OF_ONE_ADDRESS; time++) {
            List<Connection> twins = List.of(new Connection(7), new Connection(7));
            assertThat(twins).allMatch(this::enters);
            assertThat(twins).allMatch(twin -> twin.close().isSuccess());
        }
        List<Connection> full = IntStream.range(0, Threshold.OF_ONE_ADDRESS)
                .mapToObj(Connection::new)
                .toList();
        assertThat(full).allMatch(this::enters);
        assertThat(enters(new Connection(99))).isFalse();
    }
}
