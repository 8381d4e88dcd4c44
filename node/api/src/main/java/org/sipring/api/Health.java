package org.sipring.api;

/**
 * How a role feels.
 *
 * @param ready whether it serves
 * @param detail for the operator: what is wrong and what to do next; empty when all is well
 */
public record Health(boolean ready, String detail) {
    /** All is well. */
    public static final Health GOOD = new Health(true, "");
}
