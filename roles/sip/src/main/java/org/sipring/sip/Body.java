package org.sipring.sip;

import java.util.Arrays;

/**
 * Where a message's body stands. The bytes may be those of a whole message.
 *
 * @param source nobody modifies it any more
 * @param start its first byte
 * @param end behind its last
 */
record Body(byte[] source, int start, int end) {
    static final Body NONE = of(new byte[0]);

    static Body of(byte[] content) {
        return new Body(content, 0, content.length);
    }

    int length() {
        return end - start;
    }

    byte[] copy() {
        return Arrays.copyOfRange(source, start, end);
    }

    Body shortened(int excess) {
        return new Body(source, start, end - excess);
    }
}
