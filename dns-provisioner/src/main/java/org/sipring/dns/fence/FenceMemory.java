package org.sipring.dns.fence;

/**
 * Remembers on disk how far the fence had come, so that a fence that was deleted or restored from a backup is noticed.
 * Called in the manager's room; small and quick.
 */
public interface FenceMemory {
    /**
     * What was remembered last.
     *
     * @return the mark, {@link Mark#NONE} at first
     */
    Mark recall();

    /**
     * Remembers a mark in place of the last one. A failure is logged by the implementation and otherwise ignored: the
     * fence itself is the name server.
     *
     * @param mark how far the fence has come
     */
    void remember(Mark mark);

    /**
     * How far the fence has come.
     *
     * @param epoch counts the changes of holder
     * @param seq counts the updates
     */
    record Mark(long epoch, long seq) implements Comparable<Mark> {
        /** Before the first update. */
        public static final Mark NONE = new Mark(0, 0);

        @Override
        public int compareTo(Mark other) {
            return epoch != other.epoch ? Long.compare(epoch, other.epoch) : Long.compare(seq, other.seq);
        }

        /**
         * The greater in both numbers.
         *
         * @param other another mark
         * @return a mark that is not lower than either
         */
        public Mark max(Mark other) {
            return new Mark(Math.max(epoch, other.epoch), Math.max(seq, other.seq));
        }
    }
}
