package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.LongStream;
import org.sipring.sip.HeaderName;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.StreamFramer;

/**
 * Any text, repeated until a message is as long as one may be, in each header that is read: to read it takes time that
 * grows with its length and not with the square of it. A square of {@link SipMessage#MOST_BYTES} takes seconds.
 */
public final class CostTarget {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LONGEST_PIECE = 48;
    private static final int TRIES = 3;
    private static final Duration MOST_CPU = Duration.ofMillis(500);
    private static final String HEAD =
            """
            INVITE sip:grace@sipring.test SIP/2.0
            Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKb1
            From: <sip:ada@sipring.test>;tag=w1
            To: <sip:grace@sipring.test>
            Call-ID: cost.1
            CSeq: 8 INVITE
            Content-Length: 0
            """
                    .replace("\n", "\r\n");
    private static final HeaderName[] NAMES = HeaderName.values();

    private CostTarget() {}

    /** Called by Jazzer. The first byte says which header; the second how many bytes are not repeated. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 2 && input.length <= LONGEST_PIECE) {
            byte[] message = pumped(input);
            long least = LongStream.range(0, TRIES)
                    .map(again -> cpu(() -> read(message)))
                    .filter(nanos -> nanos < MOST_CPU.toNanos())
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
            assertThat(least).as("nanoseconds of CPU").isLessThan(MOST_CPU.toNanos());
        }
    }

    private static byte[] pumped(byte[] input) {
        HeaderName name = NAMES[(input[0] & 0xff) % NAMES.length];
        int from = 2 + (input[1] & 0xff) % (input.length - 2);
        String start = new String(input, 2, from - 2, StandardCharsets.UTF_8);
        String piece = new String(input, from, input.length - from, StandardCharsets.UTF_8);
        String line = HEAD.lines()
                .filter(old -> old.startsWith(name + ":"))
                .findFirst()
                .orElse("");
        String head = line.isEmpty() ? HEAD : HEAD.replace(line + "\r\n", "");
        int room = SipMessage.MOST_BYTES - head.length() - 2 * LONGEST_PIECE;
        String value = start + piece.repeat(room / Math.max(1, piece.getBytes(StandardCharsets.UTF_8).length));
        return (head + name + ": " + value + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static long cpu(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    private static void read(byte[] bytes) {
        StreamFramer framer = new StreamFramer(SipMessage.MOST_BYTES);
        framer.feed(ByteBuffer.wrap(bytes));
        framer.next();
        if (SipMessage.parse(bytes) instanceof ParseResult.Parsed parsed) {
            MessageTarget.readAll(parsed.message());
            parsed.message()
                    .edit()
                    .popVia()
                    .removeFirst(HeaderName.ROUTE)
                    .build()
                    .bytes();
        }
        HeaderTarget.fuzzerTestOneInput(bytes);
    }
}
