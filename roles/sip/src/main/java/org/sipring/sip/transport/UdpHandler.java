package org.sipring.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import org.sipring.sip.SipMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One loop's UDP socket. */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

    // "SIP/2.0 "
    private static final long STATUS_LINE = 0x5349_502F_322E_3020L;

    private final NettyLoop loop;

    UdpHandler(NettyLoop loop) {
        this.loop = loop;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        InetAddress source = packet.sender().getAddress();
        ByteBuf content = packet.content();
        if (!loop.hears(source, Transport.UDP) || loop.drops(source, () -> mayRespond(content))) {
            return;
        }
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

    // RFC 3261 section 7.2. No method has a slash.
    private static boolean mayRespond(ByteBuf content) {
        return content.readableBytes() >= Long.BYTES && content.getLong(content.readerIndex()) == STATUS_LINE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Such as ICMP "port unreachable" told by the kernel: concerns one peer, and the socket goes on.
        LOG.debug("UDP socket", cause);
    }
}
