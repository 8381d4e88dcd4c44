package org.sipring.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.sipring.sip.SipMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One loop's UDP socket. */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

    private final NettyLoop loop;

    UdpHandler(NettyLoop loop) {
        this.loop = loop;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        if (!loop.hears(packet.sender().getAddress(), Transport.UDP)) {
            return;
        }
        ByteBuf content = packet.content();
        if (carriesMessage(content)) {
            loop.deliver(loop.udp(packet.sender()), SipMessage.parse(ByteBufUtil.getBytes(content)));
            return;
        }
        ByteBuf alive = StunKeepAlive.answer(content, packet.sender(), context.alloc());
        if (alive != null) {
            var unused = context.writeAndFlush(new DatagramPacket(alive, packet.sender()), context.voidPromise());
        }
    }

    // Phones keep NAT pinholes open with CRLF, a lone zero byte or STUN: every SIP message begins with a token
    // character, RFC 3261 section 25.1, and none is as short as this.
    private static boolean carriesMessage(ByteBuf content) {
        return content.readableBytes() > 16 && content.getByte(content.readerIndex()) > ' ';
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Such as ICMP "port unreachable" told by the kernel: concerns one peer, and the socket goes on.
        LOG.debug("UDP socket", cause);
    }
}
