package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;

/** Any datagram as a STUN request: no answer, or one of a fixed length that shows the sender and is no larger for more. */
public final class StunTarget {
    private static final InetSocketAddress IP4 = new InetSocketAddress("192.0.2.9", 5070);
    private static final InetSocketAddress IP6 = new InetSocketAddress("2001:db8::9", 5070);

    private StunTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        check(input, IP4, 32);
        check(input, IP6, 44);
    }

    private static void check(byte[] input, InetSocketAddress sender, int length) {
        ByteBuf datagram = Unpooled.wrappedBuffer(input);
        ByteBuf answer = StunKeepAlive.answer(datagram, sender, UnpooledByteBufAllocator.DEFAULT);
        assertThat(datagram.readableBytes()).isEqualTo(input.length);
        if (answer != null) {
            assertThat(answer.readableBytes()).isEqualTo(length);
            assertThat(answer.slice(4, 16)).isEqualTo(datagram.slice(4, 16));
            answer.release();
        }
    }
}
