package org.sipring.store.raft;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.FileUtils;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.sipring.api.DurableFile;
import org.sipring.store.large.ChunkFolder;

/**
 * Copies of a replica for others, as Ratis keeps them and sends them: the database as {@code snapshot.TERM_INDEX}, and beside
 * it the chunks of large values that it knows, in {@code chunks.TERM_INDEX}, which share their files with the replica's own.
 * A copy counts once the database's file is there, which comes last. Callable from any thread.
 */
final class Snapshots implements StateMachineStorage {
    private static final String DATABASE = "snapshot.";
    private static final String CHUNKS = "chunks.";
    // Of these Ratis knows nothing.
    private static final String HALF_DATABASE = "snapshot.tmp";
    private static final String HALF_CHUNKS = "chunks.tmp";
    private static final Pattern OF_A_COPY = Pattern.compile("chunks\\.(\\d+_\\d+)");

    private final SimpleStateMachineStorage databases = new SimpleStateMachineStorage();
    private volatile @Nullable Path dir;
    private volatile @Nullable SnapshotInfo latest;
    // Whether there may be more copies than are to be kept.
    private boolean untidy = true;

    @Override
    public void init(RaftStorage storage) throws IOException {
        dir = storage.getStorageDir().getStateMachineDir().toPath();
        databases.init(storage);
        deleteHalf();
    }

    /** Deletes what was to be a copy. */
    void deleteHalf() throws IOException {
        FileUtils.deleteFully(halfDatabase());
        FileUtils.deleteFully(halfChunkFolder());
    }

    /** Where the database of a copy is made, until it is whole. */
    Path halfDatabase() {
        return dir().resolve(HALF_DATABASE);
    }

    private Path halfChunkFolder() {
        return dir().resolve(HALF_CHUNKS);
    }

    /** Where the chunks of a copy are put together, until it is whole. */
    ChunkFolder halfChunks() {
        return new ChunkFolder(halfChunkFolder());
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

    /** Whether there is a copy as far as an entry. */
    boolean has(TermIndex place) {
        return file(place).exists();
    }

    private File file(TermIndex place) {
        return databases.getSnapshotFile(place.getTerm(), place.getIndex());
    }

    /** The chunks of a copy, by the file of its database. */
    static ChunkFolder chunks(Path database) {
        return new ChunkFolder(chunkFolder(database));
    }

    private static Path chunkFolder(Path database) {
        return database.resolveSibling(database.getFileName().toString().replace(DATABASE, CHUNKS));
    }

    /** How many bytes its disk has left. */
    long room() throws IOException {
        return Files.getFileStore(dir()).getUsableSpace();
    }

    /** What was half is a whole copy from now on, and on the disk. Ratis hears of it by {@link #publish}. */
    void made(TermIndex place) throws IOException {
        File database = file(place);
        MD5Hash sum = MD5FileUtil.computeMd5ForFile(halfDatabase().toFile());
        synchronized (this) {
            Path chunks = chunkFolder(database.toPath());
            FileUtils.deleteFully(chunks);
            if (Files.exists(halfChunkFolder())) {
                Files.move(halfChunkFolder(), chunks, StandardCopyOption.ATOMIC_MOVE);
            }
            MD5FileUtil.saveMD5File(database, sum);
            Files.move(halfDatabase(), database.toPath(), StandardCopyOption.ATOMIC_MOVE);
        }
        // Before the log goes that is needed without it.
        DurableFile.forceFolder(dir());
    }

    /** Lets Ratis know of a copy that was made: it may send it, and shorten the log. */
    synchronized void publish(TermIndex place) {
        FileInfo database = new FileInfo(file(place).toPath(), sum(file(place)));
        databases.updateLatestSnapshot(new SingleFileSnapshotInfo(database, place));
        untidy = true;
    }

    private static @Nullable MD5Hash sum(File database) {
        try {
            return MD5FileUtil.readStoredMd5ForFile(database);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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

    // Ratis asks for it with each entry while a copy is being made.
    @Override
    public synchronized void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        if (!untidy) {
            return;
        }
        untidy = false;
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
