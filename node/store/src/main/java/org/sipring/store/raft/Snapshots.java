package org.sipring.store.raft;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.sipring.store.large.ChunkFolder;

/**
 * Copies of a replica for others, as Ratis keeps them and sends them: the database as {@code snapshot.TERM_INDEX}, and beside
 * it the chunks of large values that it knows, in {@code chunks.TERM_INDEX}, which share their files with the replica's own.
 * A copy counts once the database's file is there, which comes last. Changed in Ratis' threads one after the other, read by
 * any.
 */
final class Snapshots implements StateMachineStorage {
    private static final String DATABASE = "snapshot.";
    private static final String CHUNKS = "chunks.";
    private static final String HALF = ".tmp";
    private static final Pattern OF_A_COPY = Pattern.compile("chunks\\.(\\d+_\\d+)");

    private final SimpleStateMachineStorage databases = new SimpleStateMachineStorage();
    private volatile @Nullable Path dir;
    private volatile @Nullable SnapshotInfo latest;

    @Override
    public void init(RaftStorage storage) throws IOException {
        dir = storage.getStorageDir().getStateMachineDir().toPath();
        databases.init(storage);
        try (Stream<Path> all = Files.list(dir())) {
            for (Path half : all.filter(Snapshots::isHalf).toList()) {
                Files.delete(half);
            }
        }
    }

    // What the end of the process has cut short.
    private static boolean isHalf(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(DATABASE) && name.endsWith(HALF);
    }

    /** Where the database of a copy is made, until it is whole. */
    static Path half(File whole) {
        return whole.toPath().resolveSibling(whole.getName() + HALF);
    }

    @Override
    public void format() throws IOException {
        databases.format();
    }

    private Path dir() {
        Path known = dir;
        if (known == null) {
            throw new IllegalStateException("where copies are is known from the start on");
        }
        return known;
    }

    /** Where the database of a copy is. */
    File file(TermIndex place) {
        return databases.getSnapshotFile(place.getTerm(), place.getIndex());
    }

    /** The chunks of a copy, by the file of its database. */
    static ChunkFolder chunks(Path database) {
        String name = database.getFileName().toString().replace(DATABASE, CHUNKS);
        return new ChunkFolder(database.resolveSibling(name));
    }

    /** A copy is whole. */
    void made(FileInfo database, TermIndex place) {
        databases.updateLatestSnapshot(new SingleFileSnapshotInfo(database, place));
    }

    /** The database of the newest copy, also of one that another replica has sent meanwhile. */
    @Nullable
    SingleFileSnapshotInfo load() {
        return databases.loadLatestSnapshot();
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        SingleFileSnapshotInfo database = databases.getLatestSnapshot();
        SnapshotInfo known = latest;
        if (database != null && (known == null || !known.getTermIndex().equals(database.getTermIndex()))) {
            known = new Copy(database);
            latest = known;
        }
        return database == null ? null : known;
    }

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        databases.cleanupOldSnapshots(policy);
        try (Stream<Path> all = Files.list(dir())) {
            for (Path folder : all.filter(this::isOfNoCopy).toList()) {
                FileUtils.deleteFully(folder);
            }
        }
    }

    private boolean isOfNoCopy(Path folder) {
        Matcher name = OF_A_COPY.matcher(folder.getFileName().toString());
        return name.matches() && Files.notExists(dir().resolve(DATABASE + name.group(1)));
    }

    /**
     * What is sent to a replica that is far behind. Ratis asks often which copy is the newest, and seldom what is in it. It makes
     * the MD5 of a chunk as it sends it: the chunk's own name says what is in it, and is compared with that where it arrives.
     */
    private static final class Copy implements SnapshotInfo {
        private final SingleFileSnapshotInfo database;
        private @Nullable List<FileInfo> files;

        Copy(SingleFileSnapshotInfo database) {
            this.database = database;
        }

        @Override
        public TermIndex getTermIndex() {
            return database.getTermIndex();
        }

        @Override
        public synchronized List<FileInfo> getFiles() {
            List<FileInfo> known = files;
            if (known == null) {
                known = listed();
                files = known;
            }
            return known;
        }

        private List<FileInfo> listed() {
            List<FileInfo> all = new ArrayList<>();
            try {
                Snapshots.chunks(database.getFile().getPath())
                        .chunks()
                        .forEach(chunk -> all.add(new FileInfo(chunk, null)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            all.add(database.getFile());
            return List.copyOf(all);
        }

        @Override
        public String toString() {
            return "copy of " + getTermIndex();
        }
    }
}
