package org.sipring.app.node;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Meter;
import org.sipring.api.Ticker;
import org.sipring.proxy.records.CallRecord;
import org.sipring.proxy.records.CallRecords;
import org.sipring.runtime.settings.CallsSettings;
import org.sipring.runtime.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends records of calls to {@code calls.jsonl}, one a line, until a durable store takes them. A record waits at most a
 * second in memory; then it is forced to disk, with all that came meanwhile. A full file gets a name with its time, and of
 * these the oldest is deleted when there are too many. {@link #take} may be called from any thread; all else lives in one
 * room, which may touch the disk.
 */
final class RecordFile implements CallRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 65_536;
    private static final int STOP_SECONDS = 5;
    private static final int BATCH_BYTES = 1 << 20;
    private static final String NAME = "calls.jsonl";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final int fileBytes;
    private final int files;
    private final Ticker room;
    private final Runnable lost;
    private final Queue<CallRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private boolean failing;

    /**
     * A file that nobody writes yet.
     *
     * @param folder made when it is not there
     * @param fileBytes when a file is full
     * @param files how many full ones are kept; 0: nothing is written
     * @param room where the disk is touched
     * @param meter counts what is lost
     */
    RecordFile(Path folder, int fileBytes, int files, Ticker room, Meter meter) {
        this.folder = folder;
        this.fileBytes = fileBytes;
        this.files = files;
        this.room = room;
        lost = meter.counter(
                "sipring_call_records_lost_total", "Call records that the disk did not take, or not fast enough.");
    }

    /** As the operator wants it, in the node's data folder. */
    static RecordFile of(Settings settings, Ticker room, Meter meter) {
        CallsSettings calls = settings.sip().calls();
        return new RecordFile(
                settings.node().dataDir().resolve("records"),
                calls.recordFileBytes(),
                calls.recordFiles(),
                room,
                meter);
    }

    void start() {
        room.execute(this::tick);
    }

    private void tick() {
        flush();
        room.after(FLUSH, this::tick);
    }

    @Override
    public void take(CallRecord record) {
        if (files > 0 && !waiting.offer(record)) {
            lost.run();
        }
    }

    /** Writes what waits; returns when it is on disk, or cannot be. */
    void stop() throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        room.execute(() -> {
            flush();
            written.complete(null);
        });
        written.get(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** Writes all that waits. */
    void flush() {
        while (!waiting.isEmpty()) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            int records = 0;
            for (CallRecord next = waiting.poll(); next != null; next = poll(lines)) {
                lines.writeBytes(RecordLine.of(next));
                records++;
            }
            write(lines.toByteArray(), records);
        }
    }

    private @Nullable CallRecord poll(ByteArrayOutputStream lines) {
        return lines.size() < BATCH_BYTES ? waiting.poll() : null;
    }

    private void write(byte[] lines, int records) {
        try {
            append(lines);
            failing = false;
        } catch (IOException failure) {
            for (int i = 0; i < records; i++) {
                lost.run();
            }
            if (!failing) {
                LOG.warn("call records are lost: {} cannot be written: {}", folder.resolve(NAME), failure.toString());
            }
            failing = true;
        }
    }

    private void append(byte[] lines) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (Files.exists(file) && Files.size(file) + lines.length > fileBytes) {
            Files.move(file, fresh());
            deleteOldest();
        }
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(CREATE, READ, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(lines);
            long at = wholeLines(out);
            while (rest.hasRemaining()) {
                at += out.write(rest, at);
            }
            out.force(true);
        }
    }

    // What a power cut or a full disk left of a line is overwritten.
    private static long wholeLines(FileChannel file) throws IOException {
        long end = file.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        while (end > 0) {
            last.clear();
            if (file.read(last, end - 1) == 1 && last.get(0) == '\n') {
                break;
            }
            end--;
        }
        file.truncate(end);
        return end;
    }

    private Path fresh() {
        Path named = folder.resolve("calls-" + STAMP.format(room.now()) + ".jsonl");
        for (int i = 1; Files.exists(named); i++) {
            named = folder.resolve("calls-" + STAMP.format(room.now()) + "-" + i + ".jsonl");
        }
        return named;
    }

    private void deleteOldest() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> full = all.filter(path -> path.getFileName().toString().matches("calls-.*\\.jsonl"))
                    .sorted()
                    .toList();
            for (Path old : full.subList(0, Math.max(0, full.size() - files))) {
                Files.delete(old);
                LOG.warn("deleted {}: more than {} files of call records are not kept", old, files);
            }
        }
    }
}
