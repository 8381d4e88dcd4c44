package org.sipring.store.large;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sipring.api.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chunks as files, each named by what is in it, in folders by the first byte of that. A file is there whole or not at all, and
 * is never changed, so several folders may share it. What is read is judged by its name. Callable from any thread.
 */
public final class ChunkFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkFolder.class);

    private static final int DIGITS_OF_A_FOLDER = 2;

    private final Path dir;
    // Removed, and still there while anybody holds them.
    private final Set<ChunkName> going = new HashSet<>();
    private int holders;
    // Each is told of once.
    private final Set<ChunkName> damaged = ConcurrentHashMap.newKeySet();

    /**
     * The chunks in a folder, which need not be there before the first.
     *
     * @param dir the folder
     */
    public ChunkFolder(Path dir) {
        this.dir = dir;
    }

    private Path place(ChunkName chunk) {
        return folder(chunk).resolve(chunk.hash());
    }

    private Path folder(ChunkName chunk) {
        return dir.resolve(chunk.hash().substring(0, DIGITS_OF_A_FOLDER));
    }

    /**
     * Puts a chunk on the disk, where it is not there as it should be.
     *
     * @param chunk its name
     * @param bytes what it names
     * @throws IOException when it is not on the disk
     */
    public synchronized void write(ChunkName chunk, byte[] bytes) throws IOException {
        if (!chunk.names(bytes)) {
            throw new IllegalArgumentException("these bytes are not " + chunk);
        }
        going.remove(chunk);
        if (whole(chunk).isEmpty()) {
            make(folder(chunk));
            DurableFile.replace(place(chunk), bytes);
            damaged.remove(chunk);
        }
    }

    private void make(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            force(dir);
            force(Objects.requireNonNull(dir.toAbsolutePath().getParent()));
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Reads a chunk.
     *
     * @param chunk its name
     * @return its bytes; empty where it is not there, or is not as it was written
     */
    public Optional<byte[]> read(ChunkName chunk) {
        Optional<byte[]> bytes = whole(chunk);
        if (bytes.isEmpty() && Files.exists(place(chunk)) && damaged.add(chunk)) {
            LOG.warn(
                    "{} is damaged, and is not read: look at the disk; it is fetched from another replica",
                    place(chunk));
        }
        return bytes;
    }

    private Optional<byte[]> whole(ChunkName chunk) {
        try (InputStream in = Files.newInputStream(place(chunk))) {
            return Optional.of(in.readNBytes(ChunkName.LONGEST + 1)).filter(chunk::names);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Whether there is a file of that name, whatever is in it.
     *
     * @param chunk its name
     * @return whether it is there
     */
    public boolean has(ChunkName chunk) {
        return Files.exists(place(chunk));
    }

    /**
     * How many files were found damaged and are so still, since the start.
     *
     * @return their number
     */
    public int damaged() {
        return damaged.size();
    }

    /**
     * Removes chunks, those that somebody holds a little later. What is cut short is done by the next {@link #sweep}.
     *
     * @param chunks their names
     * @throws IOException when one cannot be removed
     */
    public synchronized void remove(Collection<ChunkName> chunks) throws IOException {
        going.addAll(chunks);
        if (holders == 0) {
            removeGoing();
        }
    }

    private void removeGoing() throws IOException {
        List<ChunkName> gone = List.copyOf(going);
        going.clear();
        for (ChunkName chunk : gone) {
            Files.deleteIfExists(place(chunk));
        }
    }

    /** Keeps chunks, until it is closed. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps all chunks that are there until it is closed; what this object removes meanwhile goes afterwards.
     *
     * @return to be closed when they may go
     */
    public synchronized Hold hold() {
        holders++;
        return this::letGo;
    }

    private synchronized void letGo() {
        holders--;
        if (holders == 0) {
            try {
                removeGoing();
            } catch (IOException failure) {
                LOG.warn("chunks that are to go are still in {}, until the next start: {}", dir, failure.toString());
            }
        }
    }

    /**
     * Removes what an end of the process has left: chunks that nobody knows, and halves. Nobody else may use the folder.
     *
     * @param known which chunks stay
     * @throws IOException when the folder cannot be read, or something cannot be removed
     */
    public void sweep(Predicate<ChunkName> known) throws IOException {
        for (Path file : files()) {
            boolean stays =
                    ChunkName.parse(file.getFileName().toString()).filter(known).isPresent();
            if (!stays) {
                Files.delete(file);
            }
        }
    }

    /**
     * All chunks, whatever is in them.
     *
     * @return their files
     * @throws IOException when the folder cannot be read
     */
    public List<Path> chunks() throws IOException {
        return files().stream()
                .filter(file -> ChunkName.parse(file.getFileName().toString()).isPresent())
                .toList();
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(dir)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(dir, 2)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /**
     * Gives chunks to another folder, which shares the files where the file system can. They are on the disk there.
     *
     * @param to the other
     * @param chunks which; those that are missing here are passed over
     * @throws IOException when the disk fails
     */
    public void share(ChunkFolder to, Collection<ChunkName> chunks) throws IOException {
        for (ChunkName chunk : chunks) {
            Path there = to.place(chunk);
            Files.createDirectories(to.folder(chunk));
            share(place(chunk), there);
        }
        to.force();
    }

    private static void share(Path here, Path there) throws IOException {
        try {
            Files.createLink(there, here);
        } catch (FileAlreadyExistsException shared) {
            // From a time before.
        } catch (NoSuchFileException missing) {
            LOG.warn("{} is missing", here);
        } catch (UnsupportedOperationException | IOException unable) {
            Files.copy(here, there, StandardCopyOption.REPLACE_EXISTING);
            force(there);
        }
    }

    // The files themselves have been forced before.
    private void force() throws IOException {
        if (Files.exists(dir)) {
            try (Stream<Path> all = Files.walk(dir, 1)) {
                for (Path folder : all.filter(Files::isDirectory).toList()) {
                    force(folder);
                }
            }
            force(Objects.requireNonNull(dir.toAbsolutePath().getParent()));
        }
    }

    /**
     * Takes up chunks that another replica has sent, and puts them on the disk. One that is here already is left alone, so what
     * is cut short goes on where it was. None is judged: each is when it is read, and thousands would take minutes.
     *
     * @param from where they are
     * @throws IOException when the disk fails
     */
    public void takeUp(ChunkFolder from) throws IOException {
        for (Path file : from.chunks()) {
            ChunkName chunk = new ChunkName(file.getFileName().toString());
            Path place = place(chunk);
            if (Files.notExists(place) || Files.size(place) != Files.size(file)) {
                force(file);
                Files.createDirectories(folder(chunk));
                Files.deleteIfExists(place);
                share(file, place);
            }
        }
        force();
    }
}
