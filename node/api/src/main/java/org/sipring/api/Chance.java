package org.sipring.api;

/** The only source of randomness. Callable from any thread. The real one is a cryptographic generator. */
public interface Chance {
    /**
     * Fills fresh bytes.
     *
     * @param length how many
     * @return the bytes
     */
    byte[] bytes(int length);

    /**
     * A uniform number.
     *
     * @param bound exclusive, above zero
     * @return 0 to {@code bound - 1}
     */
    int below(int bound);

    /**
     * A uniform number over all 64 bits.
     *
     * @return any long
     */
    long number();
}
