package org.sipring.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the STUN Binding requests by which phones keep a UDP flow alive and see that their address has changed. RFC
 * 5626 sections 3.5.2 and 8; RFC 8489. Attributes are not looked at: such a request has none.
 */
final class StunKeepAlive {
    private static final int HEADER = 20;
    private static final int COOKIE_AT = 4;
    private static final int TRANSACTION_AT = 8;
    private static final int TRANSACTION_LENGTH = 12;
    private static final short REQUEST = 0x0001;
    private static final short SUCCESS = 0x0101;
    private static final int COOKIE = 0x2112_A442;
    private static final short XOR_MAPPED_ADDRESS = 0x0020;
    private static final int IP4_BYTES = 4;

    private StunKeepAlive() {}

    /** The answer to a datagram; null for one that is no Binding request. */
    static @Nullable ByteBuf answer(ByteBuf datagram, InetSocketAddress sender, ByteBufAllocator memory) {
        int start = datagram.readerIndex();
        int length = datagram.readableBytes();
        boolean asks = length >= HEADER
                && datagram.getShort(start) == REQUEST
                && datagram.getUnsignedShort(start + 2) == length - HEADER
                && datagram.getInt(start + COOKIE_AT) == COOKIE;
        return asks ? success(datagram.slice(start + TRANSACTION_AT, TRANSACTION_LENGTH), sender, memory) : null;
    }

    private static ByteBuf success(ByteBuf transaction, InetSocketAddress sender, ByteBufAllocator memory) {
        byte[] address = sender.getAddress().getAddress();
        int attribute = 4 + address.length;
        ByteBuf answer = memory.buffer(HEADER + 4 + attribute);
        answer.writeShort(SUCCESS).writeShort(4 + attribute).writeInt(COOKIE).writeBytes(transaction.duplicate());
        answer.writeShort(XOR_MAPPED_ADDRESS).writeShort(attribute);
        answer.writeShort(address.length == IP4_BYTES ? 1 : 2).writeShort(sender.getPort() ^ (COOKIE >>> 16));
        return answer.writeBytes(masked(address, transaction));
    }

    // RFC 8489 section 14.2: the cookie, and for IPv6 the transaction behind it.
    private static byte[] masked(byte[] address, ByteBuf transaction) {
        ByteBuffer mask = ByteBuffer.allocate(4 + TRANSACTION_LENGTH).putInt(COOKIE);
        transaction.getBytes(transaction.readerIndex(), mask);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= mask.get(i);
        }
        return address;
    }
}
