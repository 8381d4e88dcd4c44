package org.sipring.api;

/**
 * Whether a role, or the whole node, serves.
 *
 * @param ready whether it does
 * @param detail for the operator: what is wrong and what to do next; empty when all is well
 */
public record Health(boolean ready, String detail) {
    /** All is well. */
    public static final Health GOOD = new Health(true, "");
}
