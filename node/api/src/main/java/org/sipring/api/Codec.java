package org.sipring.api;

/**
 * Turns a value to bytes and back. The first byte is a format version; a decoder reads every older version.
 *
 * @param <T> the value's type
 */
public interface Codec<T> {
    /**
     * Writes a value.
     *
     * @param value the value
     * @return its bytes
     */
    byte[] encode(T value);

    /**
     * Reads a value.
     *
     * @param bytes what {@link #encode} wrote, here or on a node of another release
     * @return the value
     * @throws IllegalArgumentException when the bytes are not of a known format
     */
    T decode(byte[] bytes);
}
