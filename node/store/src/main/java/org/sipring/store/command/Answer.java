package org.sipring.store.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a command.
 *
 * @param applied whether it changed something; false when another revision was current
 * @param revision the document's revision now; 0 where there is none; -1 where a large value is missing
 */
public record Answer(boolean applied, long revision) {
    /** A removal, or what concerns no document. */
    public static final Answer DONE = new Answer(true, 0);

    /** A large value, or part of it, is not there: of a put that refers to one, or of what makes one of chunks. */
    public static final Answer MISSING = new Answer(false, -1);

    private static final int BYTES = 1 + Long.BYTES;

    /**
     * A document was written.
     *
     * @param revision its new revision
     * @return the answer
     */
    public static Answer written(long revision) {
        return new Answer(true, revision);
    }

    /**
     * Another revision was current.
     *
     * @param current that one; 0: there is no such document
     * @return the answer
     */
    public static Answer refused(long current) {
        return new Answer(false, current);
    }

    /**
     * For the way to whoever asked.
     *
     * @param answers to what was asked together
     * @return nine bytes for each
     */
    public static byte[] bytes(List<Answer> answers) {
        ByteBuffer out = ByteBuffer.allocate(BYTES * answers.size());
        for (Answer answer : answers) {
            out.put((byte) (answer.applied ? 1 : 0)).putLong(answer.revision);
        }
        return out.array();
    }

    /**
     * Reads {@link #bytes}.
     *
     * @param bytes nine bytes for each
     * @return the answers
     */
    public static List<Answer> of(byte... bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Answer> answers = new ArrayList<>();
        while (in.hasRemaining()) {
            answers.add(new Answer(in.get() == 1, in.getLong()));
        }
        return answers;
    }
}
