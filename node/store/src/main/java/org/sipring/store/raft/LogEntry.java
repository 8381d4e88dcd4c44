package org.sipring.store.raft;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import org.sipring.store.database.Entry.Place;

/**
 * An entry in a file of Ratis' log: its length as a protobuf's varint, itself, and a CRC-32C over both.
 *
 * @param place its place in the log
 * @param end the byte behind it
 */
record LogEntry(Place place, int end) {
    private static final int LONGEST = 8 << 20;
    // A term's tag: the first field of each entry.
    private static final byte TERM = 0x08;
    private static final int MOST_BITS = 28;
    private static final int PART_BITS = 7;

    /** The whole and right one that begins at a byte; empty where there is none. */
    static Optional<LogEntry> at(ByteBuffer content, int position) {
        int length = 0;
        int begin = position;
        int shift = 0;
        byte part = -1;
        while (part < 0 && begin < content.limit() && shift < MOST_BITS) {
            part = content.get(begin++);
            length |= (part & Byte.MAX_VALUE) << shift;
            shift += PART_BITS;
        }
        boolean fits =
                part >= 0 && length > 0 && length <= LONGEST && length <= content.limit() - begin - Integer.BYTES;
        return fits && content.get(begin) == TERM ? whole(content, position, begin, length) : Optional.empty();
    }

    private static Optional<LogEntry> whole(ByteBuffer content, int position, int begin, int length) {
        int end = begin + length;
        CRC32C sum = new CRC32C();
        sum.update(content.slice(position, end - position));
        if ((int) sum.getValue() != content.getInt(end)) {
            return Optional.empty();
        }
        try {
            LogEntryProto entry = LogEntryProto.parseFrom(content.slice(begin, length));
            return Optional.of(new LogEntry(new Place(entry.getTerm(), entry.getIndex()), end + Integer.BYTES));
        } catch (InvalidProtocolBufferException strange) {
            return Optional.empty();
        }
    }
}
