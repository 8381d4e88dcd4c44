package org.sipring.store.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.LargeName;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.database.KeptTable.Row;
import org.sipring.store.large.ChunkFolder;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the database knows of large values: of which chunks each is made, and how many documents refer to it. A chunk is a file
 * before the database knows it, and until it has forgotten it. Lives in the thread of the {@link Writer}.
 */
final class LargeWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LargeWriter.class);

    // At a time: what is left is swept by the next command.
    private static final int MOST_SWEPT = 10_000;

    private final KeptTable values;
    private final KeptTable chunks;
    private final ChunkFolder folder;
    // By how much that of all checksums has changed.
    private long sum;
    // Forgotten by what is not committed yet.
    private final Set<ChunkName> going = new LinkedHashSet<>();

    LargeWriter(Connection connection, ChunkFolder folder) throws SQLException {
        values = new KeptTable(connection, KeptTable.VALUES);
        chunks = new KeptTable(connection, KeptTable.CHUNKS);
        this.folder = folder;
    }

    /** Carries out what concerns no document. */
    Answer apply(Command command) throws SQLException {
        if (command instanceof Command.Chunk chunk) {
            write(chunk);
        } else if (command instanceof Command.Whole whole) {
            return whole(whole);
        } else if (command instanceof Command.Sweep sweep) {
            sweep(sweep.before().toEpochMilli());
        }
        return Answer.DONE;
    }

    /** What came of one that has been applied before. */
    Answer passed(Command command) throws SQLException {
        return command instanceof Command.Whole whole && !has(whole.manifest().name()) ? Answer.MISSING : Answer.DONE;
    }

    private void write(Command.Chunk chunk) throws SQLException {
        ChunkName name = ChunkName.of(chunk.bytes());
        try {
            folder.write(name, chunk.bytes());
        } catch (IOException failure) {
            throw StoreFailedException.of(name, failure);
        }
        going.remove(name);
        long made = chunk.made().toEpochMilli();
        Row fresh = new Row(name.hash(), length(chunk.bytes().length), 0, made);
        sum += chunks.put(chunks.get(name.hash()).orElse(fresh).touched(made));
    }

    private static byte[] length(int bytes) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array();
    }

    private Answer whole(Command.Whole whole) throws SQLException {
        Manifest manifest = whole.manifest();
        long made = whole.made().toEpochMilli();
        Optional<Row> there = values.get(manifest.name().toString());
        if (there.isEmpty() && !areThere(manifest)) {
            return Answer.MISSING;
        }
        if (there.isEmpty()) {
            use(manifest, 1);
        }
        Row fresh = new Row(manifest.name().toString(), manifest.bytes(), 0, made);
        sum += values.put(there.orElse(fresh).touched(made));
        return Answer.DONE;
    }

    private boolean areThere(Manifest manifest) throws SQLException {
        for (int number = 0; number < manifest.chunks().size(); number++) {
            Optional<Row> chunk = chunks.get(manifest.chunks().get(number).hash());
            if (chunk.isEmpty() || ByteBuffer.wrap(chunk.get().content()).getInt() != manifest.length(number)) {
                return false;
            }
        }
        return true;
    }

    // A value may have the same chunk more than once.
    private void use(Manifest manifest, int more) throws SQLException {
        for (ChunkName chunk : manifest.chunks()) {
            sum += chunks.put(chunks.known(chunk.hash()).used(more));
        }
    }

    private boolean has(LargeName name) throws SQLException {
        return values.get(name.toString()).isPresent();
    }

    /** Whether all of them are there. */
    boolean has(Set<LargeName> names) throws SQLException {
        for (LargeName name : names) {
            if (!has(name)) {
                return false;
            }
        }
        return true;
    }

    /** A document refers to others from now on. */
    void refer(Set<LargeName> former, Set<LargeName> next, Instant made) throws SQLException {
        count(former, next, -1, made);
        count(next, former, 1, made);
    }

    private void count(Set<LargeName> names, Set<LargeName> but, int more, Instant made) throws SQLException {
        for (LargeName name : names) {
            if (!but.contains(name)) {
                sum += values.put(values.known(name.toString()).used(more).touched(made.toEpochMilli()));
            }
        }
    }

    private void sweep(long before) throws SQLException {
        for (Row value : values.unused(before, MOST_SWEPT)) {
            use(Manifest.read(LargeName.of(value.name()), value.content()), -1);
            sum += values.remove(value.name());
        }
        for (Row chunk : chunks.unused(before, MOST_SWEPT)) {
            sum += chunks.remove(chunk.name());
            going.add(new ChunkName(chunk.name()));
        }
    }

    /** By how much the sum of all checksums has changed since this was asked last. */
    long takeSum() {
        long taken = sum;
        sum = 0;
        return taken;
    }

    /** What has been done is in the database. */
    void committed() {
        List<ChunkName> gone = new ArrayList<>(going);
        going.clear();
        try {
            folder.remove(gone);
        } catch (IOException failure) {
            LOG.warn("chunks that nobody knows are still on the disk, until the next start: {}", failure.toString());
        }
    }

    /** Nothing has been done. */
    void rolledBack() {
        sum = 0;
        going.clear();
    }
}
