package org.sipring.store.database;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.LargeName;
import org.sipring.store.large.ChunkFolder;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;

/** The large values of a replica, to be read. Callable from any thread. */
public final class LargeShelf {
    private final ChunkFolder folder;
    private final Reading reading;

    /** How something is read of the database. */
    interface Reading {
        <T> T read(Readers.Reading<T> reading);
    }

    LargeShelf(ChunkFolder folder, Reading reading) {
        this.folder = folder;
        this.reading = reading;
    }

    /**
     * Of which chunks a value is made.
     *
     * @param name the value's
     * @return empty where there is no such value
     */
    public Optional<Manifest> manifest(LargeName name) {
        return reading.read(reader -> reader.values().get(name.toString()))
                .map(row -> Manifest.read(name, row.content()));
    }

    /**
     * Reads a chunk.
     *
     * @param chunk its name
     * @return its bytes; empty where it is not there, or damaged
     */
    public Optional<byte[]> chunk(ChunkName chunk) {
        return folder.read(chunk);
    }

    /**
     * Puts a chunk back that another replica has whole. One that no value has any more is not taken.
     *
     * @param chunk its name
     * @param bytes its bytes
     * @throws IOException when the disk fails
     */
    public void repair(ChunkName chunk, byte[] bytes) throws IOException {
        if (reading.read(reader -> reader.chunks().get(chunk.hash())).isPresent()) {
            folder.write(chunk, bytes);
        }
    }

    /**
     * Whether there is anything to remove.
     *
     * @param before when it was written, or referred to last
     * @return whether a value or a chunk is that old, and nothing uses it
     */
    public boolean isDue(Instant before) {
        long millis = before.toEpochMilli();
        return reading.read(reader -> !reader.values().unused(millis, 1).isEmpty()
                || !reader.chunks().unused(millis, 1).isEmpty());
    }

    private List<ChunkName> known() {
        return reading.read(reader -> reader.chunks().names()).stream()
                .map(ChunkName::new)
                .toList();
    }

    /**
     * Removes files that the database does not know. Before anybody else uses it, and where it holds all that it did: what is
     * made anew may yet come to know them.
     *
     * @throws IOException when one cannot be removed
     */
    public void sweep() throws IOException {
        Set<ChunkName> known = new HashSet<>(known());
        folder.sweep(known::contains);
    }

    /**
     * How many chunks were found damaged, and are so still.
     *
     * @return their number, since the start
     */
    public int damaged() {
        return folder.damaged();
    }

    /** Which of the chunks that the database knows are on the disk, as a text. */
    String there() {
        StringBuilder there = new StringBuilder();
        known().stream().filter(folder::has).forEach(chunk -> there.append(chunk)
                .append('\n'));
        return there.toString();
    }
}
