package org.sipring.store.mirror;

/**
 * How far a server's changes have been told.
 *
 * @param run which numbering: it begins anew with the server, and whenever all its documents may be others
 * @param sequence counts the changes of the run upwards; 0 before the first
 */
record Mark(long run, long sequence) {
    /** Of no run. */
    static final Mark NONE = new Mark(0, 0);

    boolean reaches(Mark other) {
        return run == other.run && sequence >= other.sequence;
    }
}
