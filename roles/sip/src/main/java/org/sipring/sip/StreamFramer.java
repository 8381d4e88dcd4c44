package org.sipring.sip;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into messages and keep-alives. RFC 3261 sections 7.5 and 18.3, RFC 5626 section 3.5.1.
 *
 * <p>Holds at most one limit's worth of bytes beyond the last chunk, and grows only with what arrived, never with what
 * a Content-Length promises. For one thread.
 */
public final class StreamFramer {
    private static final int FIRST_CAPACITY = 2048;

    private final int mostBytes;
    private byte[] buffer = new byte[0];
    private int begin;
    private int end;
    // How far the search for the end of the header section has come, from begin.
    private int searched;
    private int frameLength = -1;
    private boolean halfPing;
    private boolean broken;

    /**
     * Begins a stream.
     *
     * @param mostBytes the longest message that is accepted, at most {@link SipMessage#MOST_BYTES}
     */
    public StreamFramer(int mostBytes) {
        this.mostBytes = Math.min(mostBytes, SipMessage.MOST_BYTES);
    }

    /**
     * Takes what arrived. Call {@link #next} until it is empty before the next chunk.
     *
     * @param chunk is read to its end; dropped after {@link Frame.Broken}
     */
    public void feed(ByteBuffer chunk) {
        if (broken) {
            chunk.position(chunk.limit());
            return;
        }
        int length = chunk.remaining();
        makeRoom(length);
        chunk.get(buffer, end, length);
        end += length;
    }

    /**
     * What it keeps of a message that has not arrived whole.
     *
     * @return bytes of memory; 0 between messages
     */
    public int held() {
        return buffer.length;
    }

    private void makeRoom(int length) {
        int kept = end - begin;
        if (end + length > buffer.length) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(kept + length, Math.min(2 * kept, mostBytes)));
            byte[] larger = capacity > buffer.length ? new byte[capacity] : buffer;
            System.arraycopy(buffer, begin, larger, 0, kept);
            buffer = larger;
            begin = 0;
            end = kept;
        }
    }

    /**
     * Cuts the next frame.
     *
     * @return the frame, or empty until more arrives; always empty after {@link Frame.Broken}
     */
    public Optional<Frame> next() {
        Optional<Frame> frame = Optional.ofNullable(broken ? null : cut());
        broken |= frame.filter(Frame.Broken.class::isInstance).isPresent();
        if (begin == end) {
            release();
        }
        return frame;
    }

    private void release() {
        buffer = new byte[0];
        begin = 0;
        end = 0;
    }

    private @Nullable Frame cut() {
        if (frameLength < 0 && lineEndAt(begin)) {
            return keepAlive();
        }
        if (frameLength < 0 && !(end - begin == 1 && buffer[begin] == '\r')) {
            halfPing = end == begin && halfPing;
            int headEnd = headEnd();
            Frame refusal = headEnd < 0 ? tooLong(end - begin, end) : tooLong(headEnd - begin, headEnd);
            if (refusal == null && headEnd >= 0) {
                refusal = head(headEnd);
            }
            if (refusal != null) {
                return refusal;
            }
        }
        return frameLength >= 0 && end - begin >= frameLength ? message() : null;
    }

    private Frame keepAlive() {
        boolean whole = halfPing || lineEndAt(begin + 2);
        begin += halfPing || !whole ? 2 : 4;
        halfPing = !whole;
        return whole ? new Frame.Ping() : new Frame.Pong();
    }

    private boolean lineEndAt(int at) {
        return at + 1 < end && buffer[at] == '\r' && buffer[at + 1] == '\n';
    }

    /** The place behind the empty line, or -1. */
    private int headEnd() {
        for (int at = begin + searched; at + 3 < end; at++) {
            if (lineEndAt(at) && lineEndAt(at + 2)) {
                return at + 4;
            }
        }
        searched = Math.max(0, end - begin - 3);
        return -1;
    }

    private @Nullable Frame head(int headEnd) {
        byte[] head = Arrays.copyOfRange(buffer, begin, headEnd);
        Headers headers = MessageScanner.scan(head).headers;
        long length = headers.number(HeaderName.CONTENT_LENGTH, Long.MAX_VALUE).orElse(-1);
        int lines = headers.count(HeaderName.CONTENT_LENGTH);
        if (lines != 1 || length < 0) {
            String wrong = lines == 0 ? "Missing" : lines > 1 ? "More than one" : "Malformed";
            return broken(headEnd, Flaw.bad(wrong + " Content-Length"));
        }
        Frame refusal = tooLong(head.length + length, headEnd);
        frameLength = (int) (head.length + length);
        return refusal;
    }

    private @Nullable Frame tooLong(long length, int headEnd) {
        return length > mostBytes ? broken(headEnd, Flaw.of(513)) : null;
    }

    private Frame broken(int headEnd, Flaw flaw) {
        byte[] head = Arrays.copyOfRange(buffer, begin, Math.min(headEnd, begin + mostBytes));
        release();
        return new Frame.Broken(MessageCheck.refuse(head, flaw));
    }

    private Frame message() {
        byte[] bytes = Arrays.copyOfRange(buffer, begin, begin + frameLength);
        begin += frameLength;
        frameLength = -1;
        searched = 0;
        return new Frame.Message(SipMessage.parse(bytes));
    }
}
