package org.sipring.store.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.sipring.api.DurableFile;

/**
 * Which platform has begun with this node, noted beside its replica: so only its first node founds its store, also when it
 * ends between the one and the other, and a node whose disk is lost does not. For one thread at a time.
 */
public final class FounderNote {
    private static final String NAME = "founder-of";

    private final Path dir;

    /**
     * The note of a node.
     *
     * @param dir where its replica's folder is
     */
    public FounderNote(Path dir) {
        this.dir = dir;
    }

    /**
     * Notes that a platform begins with this node.
     *
     * @param platform its id
     * @throws IOException when it cannot be noted
     */
    public void write(String platform) throws IOException {
        ReplicaFolder.make(dir);
        DurableFile.replace(dir.resolve(NAME), platform.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Tells whether a platform began with this node.
     *
     * @param platform its id
     * @return true when this node is to found its store, if it has not
     * @throws IOException when the note cannot be read
     */
    public boolean names(String platform) throws IOException {
        Path note = dir.resolve(NAME);
        return Files.exists(note) && Files.readString(note).equals(platform);
    }

    /**
     * The group that keeps a platform's store.
     *
     * @param platform the platform's id
     * @return the same on all nodes
     */
    public static UUID group(String platform) {
        return UUID.nameUUIDFromBytes(("sipring store of platform " + platform).getBytes(StandardCharsets.UTF_8));
    }
}
