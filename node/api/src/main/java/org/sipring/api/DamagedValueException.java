package org.sipring.api;

/** A large value is not as it was written, here and wherever else it was looked for. Nothing of it is served. */
public final class DamagedValueException extends RuntimeException {
    /**
     * A damaged value.
     *
     * @param name its name
     */
    public DamagedValueException(LargeName name) {
        super("the large value " + name + " is damaged here, and no other node has been reached that has it whole");
    }
}
