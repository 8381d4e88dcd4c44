package org.sipring.store.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.sipring.api.Chance;
import org.sipring.api.DurableFile;

/** Where a replica lives: {@code name}, {@code documents.db} and Ratis' own {@code raft}. */
final class ReplicaFolder {
    private final Path dir;

    ReplicaFolder(Path dir) {
        this.dir = dir;
    }

    Path documents() {
        return dir.resolve("documents.db");
    }

    Path raft() {
        return dir.resolve("raft");
    }

    /** Where Ratis puts groups that it has left. */
    Path removed() {
        return dir.resolve("removed");
    }

    /** Whether the replica has been in the group before: its own folder says who is in it. */
    boolean knows(UUID group) {
        return Files.exists(raft().resolve(group.toString()));
    }

    /** The name of the folder, made where there is none. */
    UUID name(Chance chance) throws IOException {
        Path file = dir.resolve("name");
        if (Files.notExists(file)) {
            Files.createDirectories(dir);
            UUID made = new UUID(chance.number(), chance.number());
            DurableFile.replace(file, made.toString().getBytes(StandardCharsets.US_ASCII));
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).trim();
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException damaged) {
            throw new IOException(
                    file + " is damaged: move " + dir + " away and start again; the other replicas give it a new one",
                    damaged);
        }
    }
}
