package org.sipring.store.raft;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.sipring.api.DurableFile;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a replica's database, and what takes its place: a copy that another replica has sent, or its own last snapshot
 * where it is damaged. What is opened is as it was written.
 */
final class DocumentsFile {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentsFile.class);
    private static final List<String> PARTS = List.of("-wal", "-shm");

    private final Path file;

    DocumentsFile(Path file) {
        this.file = file;
    }

    /**
     * Opens the newer of the two, the database or a snapshot.
     *
     * @param snapshot the last one
     * @param had whether there must be one, which holds something
     */
    Database open(@Nullable SingleFileSnapshotInfo snapshot, boolean had) throws IOException {
        if (had && (Files.notExists(file) || Files.size(file) == 0)) {
            LOG.error("{} is not there; it is made anew from the replica's last snapshot and the log", file);
            markMadeAnew();
        }
        Optional<Database> own = openOrSetAside(had);
        if (own.isPresent()
                && (snapshot == null || snapshot.getIndex() <= own.get().place().index())) {
            return own.get();
        }
        own.ifPresent(Database::close);
        if (snapshot != null) {
            // First: what the database knows is on the disk, whenever this ends.
            Database.chunks(file).takeUp(Snapshots.chunks(snapshot.getFile().getPath()));
            replaceBy(snapshot.getFile().getPath());
        }
        return verified();
    }

    /** Where a damaged log is kept. */
    Path keptLog() {
        return file.resolveSibling("log" + ReplicaFolder.DAMAGED);
    }

    /** Whether it is being made anew, and holds less than it did; also when the process has ended meanwhile. */
    boolean isBeingMadeAnew() {
        return Files.exists(note());
    }

    /** It holds all that it did. */
    void markWhole() {
        try {
            Files.deleteIfExists(note());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void markMadeAnew() throws IOException {
        DurableFile.replace(note(), new byte[0]);
    }

    private Path note() {
        return file.resolveSibling(file.getFileName() + ".anew");
    }

    private Optional<Database> openOrSetAside(boolean had) throws IOException {
        try {
            return Optional.of(verified());
        } catch (DamagedException damage) {
            if (had) {
                markMadeAnew();
            }
            Path kept = file.resolveSibling(file.getFileName() + ReplicaFolder.DAMAGED);
            LOG.error(
                    "{}; it is made anew from the replica's last snapshot and the log, and kept as {}",
                    damage.getMessage(),
                    kept.getFileName());
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            deleteParts();
            return Optional.empty();
        }
    }

    private Database verified() throws IOException {
        Database database = Database.open(file);
        try {
            database.verify();
            return database;
        } catch (RuntimeException damage) {
            database.close();
            throw damage;
        }
    }

    private void replaceBy(Path copy) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(copy, whole, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel written = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        deleteParts();
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void deleteParts() throws IOException {
        for (String rest : PARTS) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + rest));
        }
    }

    /** Deletes the snapshots that are not as they were written, and tells whether there were any. */
    static boolean dropDamaged(File snapshots) throws IOException {
        boolean dropped = false;
        try (Stream<Path> files = Files.list(snapshots.toPath())) {
            for (Path copy : files.toList()) {
                MD5Hash sum = copy.toString().endsWith(MD5FileUtil.MD5_SUFFIX)
                        ? null
                        : MD5FileUtil.readStoredMd5ForFile(copy.toFile());
                if (sum != null && !sum.equals(MD5FileUtil.computeMd5ForFile(copy.toFile()))) {
                    LOG.error("{} is damaged, and is deleted: the replica makes another", copy);
                    Files.delete(copy);
                    Files.delete(MD5FileUtil.getDigestFileForFile(copy.toFile()).toPath());
                    dropped = true;
                }
            }
        }
        return dropped;
    }
}
