package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sipring.sip.ParseResult;

/**
 * Any bytes where a browser would ask for a WebSocket and speak SIP: however they are cut, the same is answered and heard,
 * nothing is held beyond the bound, and the connection lets go of all when it ends.
 */
public final class WebSocketTarget {
    private static final int MOST_BYTES = 1_024;
    private static final int LONGEST_CUT = 200;
    private static final InetSocketAddress BROWSER = new InetSocketAddress("192.0.2.9", 5070);
    private static final NetworkSettings.Limits LIMITS = new NetworkSettings.Limits(
            MOST_BYTES,
            1_000,
            1_000,
            NetworkSettings.Limits.DEFAULT.greeting(),
            NetworkSettings.Limits.DEFAULT.idle(),
            1 << 20);
    private static final Origins ORIGINS = new Origins(List.of("https://pages.test"), "sipring.test");
    private static final StreamChannels STREAMS = streams();

    private WebSocketTarget() {}

    private static StreamChannels streams() {
        NetworkSettings settings =
                new NetworkSettings("127.0.0.1", 5060, 5066, 5066, 1, LIMITS, Map.of(Transport.WS, 0), ORIGINS);
        try {
            return new StreamChannels(settings, Credentials.of(TestIdentity.without()), loop -> null, closed -> {});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by Jazzer. The first byte says how the others are cut. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            assertThat(talk(input, new Random(input[0]), LONGEST_CUT)).isEqualTo(talk(input, new Random(0), 0));
        }
    }

    /** All that is heard and answered; cut at random, or not at all where {@code longest} is 0. */
    private static String talk(byte[] input, Random random, int longest) {
        StringBuilder heard = new StringBuilder();
        Socket socket = new Socket(heard);
        // RFC 6455 section 4.1: a browser waits for the answer before it sends its first frame.
        int frames = headEnd(input);
        for (int at = 1; at < input.length && socket.isOpen(); ) {
            int left = (at < frames ? frames : input.length) - at;
            int length = longest == 0 ? left : Math.min(left, 1 + random.nextInt(longest));
            socket.writeInbound(Unpooled.copiedBuffer(input, at, length));
            at += length;
        }
        heard.append(socket.isOpen() ? "open" : "closed").append(socket.sent());
        socket.finishAndReleaseAll();
        assertThat(STREAMS.connections().count()).isZero();
        return heard.toString();
    }

    private static int headEnd(byte[] input) {
        int empty = new String(input, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return empty < 0 ? input.length : Math.max(1, empty + 4);
    }

    private static final class Socket extends EmbeddedChannel {
        Socket(StringBuilder heard) {
            NettyLoop loop = new NettyLoop(0, eventLoop(), STREAMS, Wire.clock());
            loop.begin(new Ear(heard));
            WebSocketUpgrade.await(this, loop, ORIGINS, MOST_BYTES, () -> {
                WebSocketHandler hearing = new WebSocketHandler(loop, Transport.WS);
                pipeline().addLast(new WebSocketHandler.Writer(), hearing);
                return hearing::read;
            });
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return BROWSER;
        }

        String sent() {
            StringBuilder text = new StringBuilder();
            for (ByteBuf bytes = readOutbound(); bytes != null; bytes = readOutbound()) {
                text.append(bytes.toString(StandardCharsets.ISO_8859_1));
                bytes.release();
            }
            return text.toString();
        }
    }

    private record Ear(StringBuilder heard) implements Receiver {
        @Override
        public void received(Flow flow, ParseResult result) {
            heard.append(result instanceof ParseResult.Parsed parsed ? parsed.message() : result.getClass());
        }

        @Override
        public void closed(Flow flow) {}
    }
}
