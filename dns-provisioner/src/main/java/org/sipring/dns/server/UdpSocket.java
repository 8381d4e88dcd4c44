package org.sipring.dns.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datagrams in, datagrams out. On the socket's loop. */
final class UdpSocket extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    private final Answering answering;

    UdpSocket(Answering answering) {
        this.answering = answering;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        InetSocketAddress sender = packet.sender();
        if (sender.getPort() == 0) {
            return;
        }
        answering.answer(ByteBufUtil.getBytes(packet.content()), false, messages -> {
            for (byte[] message : messages) {
                // A full send buffer drops the datagram, as the network might.
                var unused = context.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(message), sender));
            }
        });
    }

    /** An ICMP error of one client must not end the service of the others. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a datagram could not be taken", cause);
    }
}
