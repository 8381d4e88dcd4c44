package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keep-alives over UDP; the addresses and what they look like masked are RFC 5769's. */
final class StunKeepAliveTest {
    private static final ByteBufAllocator MEMORY = UnpooledByteBufAllocator.DEFAULT;
    private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";
    private static final String REQUEST = "000100002112a442" + TRANSACTION;

    /** RFC 8489 section 14.2, with the addresses of RFC 5769. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 000c, 00200008 0001 a147 e112a643",
        "2001:db8:1234:5678:11:2233:4455:6677, 0018, 00200014 0002 a147 0113a9faa5d3f179bc25f4b5bed2b9d9"
    })
    void aBindingRequestIsToldWhereItCameFrom(String host, String length, String attribute)
            throws UnknownHostException {
        ByteBuf answer = answer(REQUEST, host);
        assertThat(answer).isNotNull();
        assertThat(ByteBufUtil.hexDump(answer))
                .isEqualTo("0101" + length + "2112a442" + TRANSACTION + attribute.replace(" ", ""));
    }

    /** RFC 5626 section 8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "000100",
                "000100002112a442b7e7a701bc34d686fa87df",
                "000100042112a442b7e7a701bc34d686fa87dfae",
                "000100002112a443b7e7a701bc34d686fa87dfae",
                "010100002112a442b7e7a701bc34d686fa87dfae",
                "001100002112a442b7e7a701bc34d686fa87dfae"
            })
    void nothingElseIsAnswered(String datagram) throws UnknownHostException {
        assertThat(answer(datagram, "192.0.2.1")).isNull();
    }

    private static @Nullable ByteBuf answer(String datagram, String host) throws UnknownHostException {
        return StunKeepAlive.answer(
                Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(datagram)),
                new InetSocketAddress(InetAddress.getByName(host), 32_853),
                MEMORY);
    }
}
