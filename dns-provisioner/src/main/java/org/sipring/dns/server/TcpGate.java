package org.sipring.dns.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sipring.dns.server.DnsServer.Limits;

/** Lets TCP connections in, so many and no more. On the server's only loop. */
final class TcpGate extends ChannelInitializer<SocketChannel> {
    private static final int LARGEST = 0xFFFF;

    private final Answering answering;
    private final Limits limits;
    private final Map<InetAddress, Integer> open = new HashMap<>();
    private int all;

    TcpGate(Answering answering, Limits limits) {
        this.answering = answering;
        this.limits = limits;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        InetAddress client = channel.remoteAddress().getAddress();
        if (all >= limits.connections() || open.getOrDefault(client, 0) >= limits.connectionsOfOne()) {
            var unused = channel.close();
            return;
        }
        all++;
        open.merge(client, 1, Integer::sum);
        var unused = channel.closeFuture().addListener(closed -> left(client));
        serve(channel);
    }

    private void left(InetAddress client) {
        all--;
        open.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    private void serve(Channel channel) {
        channel.pipeline()
                .addLast(new LengthFieldPrepender(2))
                .addLast(new LengthFieldBasedFrameDecoder(LARGEST + 2, 0, 2, 0, 2))
                // Hands on one request at a time, so that a stopped connection stops within one read, too.
                .addLast(new FlowControlHandler())
                // Behind the framing: a client who sends byte by byte is idle until its request is whole.
                .addLast(new IdleStateHandler(limits.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new TcpConnection(answering));
    }
}
