package org.sipring.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.flush.FlushConsolidationHandler;

/** What a UDP socket consists of. What is sent while a batch is being read leaves in one sendmmsg after it. */
final class UdpPipeline extends ChannelInitializer<Channel> {
    private final NettyLoop loop;
    private final int sendsPerFlush;

    UdpPipeline(NettyLoop loop, int sendsPerFlush) {
        this.loop = loop;
        this.sendsPerFlush = sendsPerFlush;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new FlushConsolidationHandler(sendsPerFlush, false), new UdpHandler(loop));
    }
}
