package org.sipring.proxy.journal;

import java.util.function.Consumer;

/**
 * Entries in the order in which they came, in one array that is made once: the oldest make room for new ones. Nothing
 * here is ever collected as garbage, and no entry takes more than its bytes. Lives in one thread.
 *
 * <p>An entry is its length (2 bytes), its key (4), its time (8) and its content, and may go round the array's end.
 */
final class RingBuffer {
    private static final int HEAD = 14;

    private final byte[] bytes;
    private final long age;
    private int first;
    private int used;

    /**
     * An empty ring.
     *
     * @param size in bytes
     * @param age how long entries are kept, in the unit of their times
     */
    RingBuffer(int size, long age) {
        this.bytes = new byte[size];
        this.age = age;
    }

    /** Adds an entry. One that is larger than the ring is not kept. */
    void add(int key, long time, byte[] content, int length) {
        int whole = HEAD + length;
        forget(time);
        if (whole > bytes.length || length > 0xFFFF) {
            return;
        }
        while (used + whole > bytes.length) {
            drop();
        }
        int at = place(first + used);
        putHead(at, key, time, length);
        copyIn(place(at + HEAD), content, length);
        used += whole;
    }

    /** Drops what is too old. */
    void forget(long now) {
        while (used > 0 && now - number(place(first + 6), 8) > age) {
            drop();
        }
    }

    /** Shows the contents of a key's entries, the oldest first. */
    void each(int key, Consumer<byte[]> entries) {
        int seen = 0;
        while (seen < used) {
            int at = place(first + seen);
            int length = (int) number(at, 2);
            if ((int) number(place(at + 2), 4) == key) {
                entries.accept(copyOut(place(at + HEAD), length));
            }
            seen += HEAD + length;
        }
    }

    private void drop() {
        int whole = HEAD + (int) number(first, 2);
        first = place(first + whole);
        used -= whole;
    }

    private void putHead(int at, int key, long time, int length) {
        putNumber(at, 2, length);
        putNumber(place(at + 2), 4, key);
        putNumber(place(at + 6), 8, time);
    }

    private void putNumber(int at, int size, long number) {
        for (int i = size - 1; i >= 0; i--) {
            bytes[place(at + i)] = (byte) (number >> (8 * (size - 1 - i)));
        }
    }

    private long number(int at, int size) {
        long number = 0;
        for (int i = 0; i < size; i++) {
            number = (number << 8) | (bytes[place(at + i)] & 0xFF);
        }
        return number;
    }

    private void copyIn(int at, byte[] content, int length) {
        int untilEnd = Math.min(length, bytes.length - at);
        System.arraycopy(content, 0, bytes, at, untilEnd);
        System.arraycopy(content, untilEnd, bytes, 0, length - untilEnd);
    }

    private byte[] copyOut(int at, int length) {
        byte[] content = new byte[length];
        int untilEnd = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, content, 0, untilEnd);
        System.arraycopy(bytes, 0, content, untilEnd, length - untilEnd);
        return content;
    }

    // No index is larger than two rings.
    private int place(int index) {
        return index >= bytes.length ? index - bytes.length : index;
    }
}
