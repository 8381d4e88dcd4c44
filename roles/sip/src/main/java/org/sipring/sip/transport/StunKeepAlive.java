package org.sipring.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the STUN Binding requests by which phones keep a UDP flow alive and see that their address has changed. RFC
 * 5626 sections 3.5.2 and 8; RFC 8489 sections 5 and 14. Attributes are not looked at: such a request has none.
 *
 * <pre>
 *  type(2) length of what follows the header(2) cookie(4) transaction(12)
 *  in the answer: XOR-MAPPED-ADDRESS(2) length(2) 0(1) family(1) port(2) address(4 or 16)
 * </pre>
 */
final class StunKeepAlive {
    private static final int HEADER = 20;
    private static final int LENGTH_AT = 2;
    private static final int COOKIE_AT = 4;
    private static final int TRANSACTION_AT = 8;
    private static final int TRANSACTION_LENGTH = 12;
    private static final short REQUEST = 0x0001;
    private static final short SUCCESS = 0x0101;
    private static final int COOKIE = 0x2112_A442;
    private static final short XOR_MAPPED_ADDRESS = 0x0020;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int FAMILY_AND_PORT = 4;
    private static final int IP4 = 1;
    private static final int IP6 = 2;
    private static final int IP4_BYTES = 4;

    private StunKeepAlive() {}

    /** The answer to a datagram; null for one that is no Binding request. */
    static @Nullable ByteBuf answer(ByteBuf datagram, InetSocketAddress sender, ByteBufAllocator memory) {
        int start = datagram.readerIndex();
        int length = datagram.readableBytes();
        boolean asks = length >= HEADER
                && datagram.getShort(start) == REQUEST
                && datagram.getUnsignedShort(start + LENGTH_AT) == length - HEADER
                && datagram.getInt(start + COOKIE_AT) == COOKIE;
        return asks ? success(datagram.slice(start + TRANSACTION_AT, TRANSACTION_LENGTH), sender, memory) : null;
    }

    private static ByteBuf success(ByteBuf transaction, InetSocketAddress sender, ByteBufAllocator memory) {
        byte[] address = sender.getAddress().getAddress();
        int value = FAMILY_AND_PORT + address.length;
        int attribute = ATTRIBUTE_HEADER + value;
        ByteBuf answer = memory.buffer(HEADER + attribute);
        answer.writeShort(SUCCESS).writeShort(attribute).writeInt(COOKIE).writeBytes(transaction.duplicate());
        answer.writeShort(XOR_MAPPED_ADDRESS).writeShort(value);
        answer.writeShort(address.length == IP4_BYTES ? IP4 : IP6).writeShort(sender.getPort() ^ (COOKIE >>> 16));
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
