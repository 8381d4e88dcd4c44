package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.util.SizeInBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the log of a replica that does not run ends. Pure but for the files it reads. */
final class LogEnd {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnd.class);
    private static final SizeInBytes LARGEST = SizeInBytes.valueOf("8MB");

    private LogEnd() {}

    /**
     * Reads the last file of a log that holds anything.
     *
     * @param current the folder of its files
     * @return its last entry; that before the first, where it has none
     * @throws IOException when it cannot be read, or is damaged
     */
    static TermIndex of(Path current) throws IOException {
        List<LogSegmentPath> files = files(current);
        for (int i = files.size() - 1; i >= 0; i--) {
            TermIndex last = last(files.get(i));
            if (last.getIndex() >= 0) {
                return last;
            }
        }
        return TermIndex.INITIAL_VALUE;
    }

    private static List<LogSegmentPath> files(Path current) throws IOException {
        try (Stream<Path> all = Files.list(current)) {
            return all.map(LogSegmentPath::matchLogSegment)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparing(LogSegmentPath::getStartEnd))
                    .toList();
        }
    }

    private static TermIndex last(LogSegmentPath file) throws IOException {
        TermIndex[] last = {TermIndex.INITIAL_VALUE};
        try {
            int entries = LogSegment.readSegmentFile(
                    file.getPath().toFile(),
                    file.getStartEnd(),
                    LARGEST,
                    RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION,
                    null,
                    entry -> last[0] = TermIndex.valueOf(entry));
            LOG.debug("{} holds {} entries", file, entries);
            return last[0];
        } catch (IllegalStateException gap) {
            throw new IOException(file.getPath() + " is damaged: " + gap.getMessage(), gap);
        }
    }
}
