package org.sipring.app.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two demos out of one folder. Given back by the system when the process ends, however it ends. */
final class DemoLock implements AutoCloseable {
    private final FileChannel channel;

    private DemoLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, or returns null when another process holds it. */
    static @Nullable DemoLock take(DemoLayout layout) throws IOException {
        Files.createDirectories(layout.dir());
        FileChannel channel = FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return null;
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
        return new DemoLock(channel);
    }

    /** Tells whether a demo runs on this folder. */
    static boolean held(DemoLayout layout) throws IOException {
        if (!Files.exists(layout.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(layout.lock(), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
