package org.sipring.store.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.sipring.store.database.Entry.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Ratis' log before Ratis does, which takes an entry whose length is damaged for the log's end and cuts off all behind
 * it, and does not start where a write was cut short in the space that it had allocated. Broken at its very end, where
 * nothing follows, is what was being written when the node ended, and was never acknowledged; everything else that is broken
 * is a damage. Changes nothing but by {@link #cut}. Lives in one thread.
 */
final class LogCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LogCheck.class);
    private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);

    private Optional<Long> first = Optional.empty();
    private Place last = Place.NONE;
    private Optional<String> damage = Optional.empty();
    private Optional<Torn> torn = Optional.empty();

    /** What is cut short at the end of the last file. */
    private record Torn(Path file, int position) {}

    /**
     * Reads a log.
     *
     * @param files its files
     * @throws IOException when they cannot be read
     */
    static LogCheck of(LogFiles files) throws IOException {
        LogCheck check = new LogCheck();
        for (LogFiles.Segment file : files.all()) {
            check.read(file);
        }
        return check;
    }

    private void read(LogFiles.Segment file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file.path()));
        // Only the end of the last file may be cut short.
        torn.ifPresent(end -> damaged(end.file(), end.position(), last.index() + 1));
        long begin = file.first();
        if (first.isPresent() && begin != last.index() + 1) {
            damaged(file.path(), 0, last.index() + 1);
        }
        if (damage.isPresent()) {
            rest(content, 0);
        } else if (hasHeader(content)) {
            entries(file, content, begin);
        } else if (content.limit() > HEADER.length && !isNothing(content, 0)) {
            damaged(file.path(), 0, begin);
            rest(content, 0);
        }
        if (damage.isPresent()) {
            // What nobody can read any more counts as well.
            long named = file.last().orElse(-1L);
            last = named > last.index() ? new Place(last.term(), named) : last;
        }
    }

    private void damaged(Path file, int position, long entry) {
        if (damage.isEmpty()) {
            damage = Optional.of(file + " is damaged: entry " + entry + " of the log, at byte " + position
                    + ", is not as it was written");
        }
    }

    private static boolean hasHeader(ByteBuffer content) {
        return content.limit() >= HEADER.length
                && content.slice(0, HEADER.length).equals(ByteBuffer.wrap(HEADER));
    }

    // Ratis allocates ahead.
    private static boolean isNothing(ByteBuffer content, int position) {
        int next = position;
        while (next < content.limit() && content.get(next) == 0) {
            next++;
        }
        return next == content.limit();
    }

    private void entries(LogFiles.Segment file, ByteBuffer content, long begin) {
        int position = HEADER.length;
        long next = begin;
        Optional<LogEntry> entry = entry(content, position, next);
        while (entry.isPresent()) {
            first = first.or(() -> Optional.of(begin));
            last = entry.get().place();
            position = entry.get().end();
            next++;
            entry = entry(content, position, next);
        }
        // Behind the last entry of a closed file Ratis reads nothing.
        boolean whole = file.last().isPresent() ? next > file.last().get() : isNothing(content, position);
        if (!whole) {
            broken(file, content, position);
        }
    }

    private static Optional<LogEntry> entry(ByteBuffer content, int position, long index) {
        return LogEntry.at(content, position).filter(found -> found.place().index() == index);
    }

    private void broken(LogFiles.Segment file, ByteBuffer content, int position) {
        Place before = last;
        rest(content, position);
        if (file.last().isEmpty() && before.equals(last)) {
            torn = Optional.of(new Torn(file.path(), position));
        } else {
            damaged(file.path(), position, before.index() + 1);
        }
    }

    // What follows a damage: it was written, and perhaps acknowledged.
    private void rest(ByteBuffer content, int position) {
        int next = position;
        while (next < content.limit()) {
            Optional<LogEntry> found = LogEntry.at(content, next);
            last = found.map(LogEntry::place)
                    .filter(place -> place.index() > last.index())
                    .orElse(last);
            next = found.map(LogEntry::end).orElse(next + 1);
        }
    }

    /** The number of its first entry; empty where it has none. */
    Optional<Long> first() {
        return first;
    }

    /** Its last entry, also where one before it is damaged; {@link Place#NONE} where it has none. */
    Place last() {
        return last;
    }

    /** What is damaged, in words. */
    Optional<String> damage() {
        return damage;
    }

    boolean isTorn() {
        return torn.isPresent();
    }

    /** Cuts off what is cut short. */
    void cut() throws IOException {
        if (torn.isPresent()) {
            Torn end = torn.get();
            LOG.warn(
                    "{} ends in an entry that was being written when the node ended; it is cut off at byte {}",
                    end.file(),
                    end.position());
            try (FileChannel file = FileChannel.open(end.file(), StandardOpenOption.WRITE)) {
                file.truncate(end.position());
                file.force(true);
            }
        }
    }
}
