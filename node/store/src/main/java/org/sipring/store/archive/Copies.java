package org.sipring.store.archive;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a copy of all documents into the node's folder now and then, when something has changed since the last one, and keeps
 * the last few; the first one as soon as there is anything. Each is verified before it counts. Works in its room, which it
 * may block; asked from any thread.
 */
public final class Copies {
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    // Until there was something to copy since the start.
    private static final Duration LOOK_SOON = Duration.ofSeconds(10);

    private final StoreBackups.Origin origin;
    private final Plan plan;
    private final Readers readers;
    private final Archives archives;
    private final Ticker room;
    private final Shelf shelf;
    private Instant looked = Instant.EPOCH;
    private List<X509Certificate> sealedFor = List.of();
    private Optional<String> digest = Optional.empty();
    private volatile Optional<String> failure = Optional.empty();

    /**
     * How often and how many.
     *
     * @param every how often
     * @param keep how many
     */
    public record Plan(Duration every, int keep) {}

    /**
     * Who may read copies.
     *
     * @param now their certificates, as they are now; the node's own is among them
     * @param own opens what was made for the node, also before its certificate was renewed
     */
    public record Readers(Supplier<List<X509Certificate>> now, Opener own) {}

    /**
     * Copies that have not begun.
     *
     * @param origin where they come from, and the folder that they are in
     * @param plan how often and how many
     * @param readers who may read them
     * @param documents the store, its secrets open
     * @param chance makes keys
     * @param room its own
     */
    public Copies(
            StoreBackups.Origin origin, Plan plan, Readers readers, WholeStore documents, Chance chance, Ticker room) {
        this.origin = origin;
        this.plan = plan;
        this.readers = readers;
        this.archives = new Archives(documents, chance);
        this.room = room;
        this.shelf = new Shelf(origin.dir());
    }

    /** Begins. */
    public void start() {
        room.execute(this::look);
    }

    private void look() {
        attempt(() -> {
            reseal();
            if (isDue(room.now()) && write(room.now())) {
                looked = room.now();
            }
        });
        room.after(looked.equals(Instant.EPOCH) ? LOOK_SOON : LOOK, this::look);
    }

    /**
     * Lets another key than the node's newest be forgotten.
     *
     * @param forget runs once no copy is sealed for another any more; not where that fails
     */
    public void whenResealed(Runnable forget) {
        room.execute(() -> attempt(() -> {
            reseal();
            forget.run();
        }));
    }

    /**
     * What needs the operator.
     *
     * @return a sentence that says what to do; empty when all is well
     */
    public Optional<String> alarm() {
        return failure.map(why -> "no copy of the documents can be written to " + origin.dir() + ": " + why);
    }

    private interface Work {
        void run() throws IOException;
    }

    // It is tried again every minute, and said once.
    private void attempt(Work work) {
        try {
            work.run();
            failure = Optional.empty();
        } catch (IOException | RuntimeException failed) {
            Optional<String> why = Optional.of(failed.toString());
            if (!why.equals(failure)) {
                LOG.error("no copy of the documents can be written to {}; it is tried again", origin.dir(), failed);
            }
            failure = why;
        }
    }

    // One from the future is of a clock that was wrong.
    private boolean isDue(Instant now) throws IOException {
        Instant last = shelf.copies().stream()
                .flatMap(copy -> Shelf.made(copy).stream())
                .filter(made -> !made.isAfter(now))
                .reduce(looked, (one, other) -> one.isAfter(other) ? one : other);
        return Duration.between(last, now).compareTo(plan.every()) >= 0;
    }

    // Tells whether there was anything to copy.
    private boolean write(Instant now) throws IOException {
        shelf.make();
        Path part = part();
        try {
            Summary fresh = written(part, now);
            if (fresh.count() > 0 && !Optional.of(fresh.digest()).equals(newest())) {
                Files.move(part, shelf.place(now), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                force(shelf.dir());
                digest = Optional.of(fresh.digest());
                shelf.keep(plan.keep());
            }
            return fresh.count() > 0;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path part() {
        return shelf.dir().resolve("next.part");
    }

    private Summary written(Path part, Instant now) throws IOException {
        try (OutputStream out = fresh(part)) {
            About about = new About(origin.domain(), now, origin.node());
            var unused =
                    archives.write(out, new ArchiveWriter.Readers(readers.now().get(), origin.wrapping()), about);
        }
        force(part);
        return verified(part);
    }

    private static OutputStream fresh(Path part) throws IOException {
        Files.deleteIfExists(part);
        return Channels.newOutputStream(FileChannel.open(
                part,
                Set.of(CREATE_NEW, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    private Summary verified(Path copy) throws IOException {
        try (ArchiveReader in = new ArchiveReader(Files.newInputStream(copy), readers.own())) {
            return in.verify();
        }
    }

    // What cannot be read any more is as good as none.
    private Optional<String> newest() throws IOException {
        List<Path> copies = shelf.copies();
        if (digest.isEmpty() && !copies.isEmpty()) {
            try {
                digest = Optional.of(verified(copies.get(copies.size() - 1)).digest());
            } catch (BadArchiveException bad) {
                LOG.warn("the copy {} is of no use: {}", copies.get(copies.size() - 1), bad.getMessage());
            }
        }
        return copies.isEmpty() ? Optional.empty() : digest;
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }

    private void reseal() throws IOException {
        List<X509Certificate> now = readers.now().get();
        if (now.equals(sealedFor)) {
            return;
        }
        for (Path copy : shelf.copies()) {
            try (InputStream in = Files.newInputStream(copy)) {
                Head head = Head.read(in);
                if (!head.readers().equals(now.stream().map(Head::name).toList())) {
                    reseal(copy, Head.of(head.key(readers.own()), now, origin.wrapping()), in);
                }
            } catch (BadArchiveException bad) {
                LOG.warn("the copy {} is of no use: {}", copy, bad.getMessage());
            }
        }
        sealedFor = now;
    }

    private void reseal(Path copy, Head head, InputStream rest) throws IOException {
        Path part = part();
        try (OutputStream out = fresh(part)) {
            head.write(out);
            rest.transferTo(out);
        }
        force(part);
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
