package org.sipring.store.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.sipring.api.Chance;
import org.sipring.api.DurableFile;

/**
 * Where a replica lives: a folder whose name is half of the replica's, with {@code documents.db} and Ratis' own {@code raft}.
 * So what a replica has promised cannot come under another's name, nor a replica without memory under its own.
 */
final class ReplicaFolder {
    /** Behind the name of a folder or a database that is kept, and never used again. */
    static final String DAMAGED = ".damaged";

    // Beside the folder: a replica of this node has left the group.
    private static final String LEFT = "left";
    // Behind the name of a folder that is being deleted.
    private static final String GONE = ".gone";

    // More than Ratis allocates for its log at once, and some of the database's log.
    private static final int ROOM = 4 << 20;

    private final Path dir;
    private final UUID name;

    private ReplicaFolder(Path dir, UUID name) {
        this.dir = dir;
        this.name = name;
    }

    /**
     * Finds the folder, or makes one.
     *
     * @param dir where it is
     * @param chance names a new one
     * @return the only one
     * @throws IOException when it cannot be used; the message says what to do
     */
    static ReplicaFolder in(Path dir, Chance chance) throws IOException {
        make(dir);
        for (Path gone : list(dir, path -> path.toString().endsWith(GONE))) {
            delete(gone);
        }
        Optional<ReplicaFolder> present = present(dir);
        return present.isPresent() ? present.get() : new ReplicaFolder(dir, make(dir, chance));
    }

    /**
     * Finds the folder of a replica that there is.
     *
     * @param dir where it is
     * @return empty where there is none
     * @throws IOException when there are several
     */
    static Optional<ReplicaFolder> present(Path dir) throws IOException {
        List<UUID> names = Files.isDirectory(dir) ? uuids(dir) : List.of();
        if (names.size() > 1) {
            throw new IOException(dir + " holds more than one replica: move all of them away and start again;"
                    + " the other nodes' replicas give it a new one");
        }
        return names.stream().findFirst().map(name -> new ReplicaFolder(dir, name));
    }

    private static List<UUID> uuids(Path dir) throws IOException {
        return list(dir, Files::isDirectory).stream()
                .flatMap(path -> uuid(path.getFileName().toString()).stream())
                .toList();
    }

    /** Makes the folder that replicas live in, for this process's user alone. */
    static void make(Path dir) throws IOException {
        Files.createDirectories(
                dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    private static UUID make(Path dir, Chance chance) throws IOException {
        UUID name = new UUID(chance.number(), chance.number());
        Files.createDirectory(dir.resolve(name.toString()));
        DurableFile.forceFolder(dir);
        return name;
    }

    private static List<Path> list(Path dir, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.filter(wanted).toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    UUID name() {
        return name;
    }

    private Path folder() {
        return dir.resolve(name.toString());
    }

    Path documents() {
        return folder().resolve("documents.db");
    }

    Path raft() {
        return folder().resolve("raft");
    }

    /** The folder of the group that the replica has heard of. */
    Optional<Path> group() throws IOException {
        List<UUID> groups = Files.isDirectory(raft()) ? uuids(raft()) : List.of();
        return groups.stream().filter(this::knows).findFirst().map(group -> raft().resolve(group.toString()));
    }

    /** Where Ratis puts groups that it has left. */
    Path removed() {
        return folder().resolve("removed");
    }

    /** Fails where it holds what another platform has acknowledged. */
    void refuseOthers(UUID group) throws IOException {
        List<UUID> groups = Files.isDirectory(raft()) ? uuids(raft()) : List.of();
        if (groups.stream().anyMatch(found -> !found.equals(group))) {
            throw new IOException(folder() + " is a replica of another platform's store: move it away, it holds that"
                    + " platform's documents, and start again");
        }
    }

    /** Whether the replica has heard of the group before: its own folder says who is in it. */
    boolean knows(UUID group) {
        return Files.exists(raft().resolve(group.toString()).resolve("current").resolve("raft-meta.conf"));
    }

    /** How many replicas are in the group, as it was last noted here; 0 where nothing can be read of it. */
    int voters(UUID group) {
        Path note = raft().resolve(group.toString()).resolve("current").resolve("raft-meta.conf");
        try {
            return LogEntryProto.parseFrom(Files.readAllBytes(note))
                    .getConfigurationEntry()
                    .getPeersCount();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** Fails where the disk has no room for what a replica writes in its first moments. */
    void probe() throws IOException {
        Path probe = dir.resolve("probe");
        try (FileChannel file = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(ROOM);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Whether it may found a group: there would be two of them if one did that whom the first has dismissed. */
    boolean mayFound(UUID group) {
        return !knows(group) && Files.notExists(dir.resolve(LEFT));
    }

    /** Puts the replica aside, so that the node gets another one under another name. */
    Path putAside() throws IOException {
        DurableFile.replace(dir.resolve(LEFT), new byte[0]);
        return Files.move(folder(), dir.resolve(name + DAMAGED), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What was found damaged, and is kept until the operator has looked at it. */
    List<Path> damaged() {
        try {
            Predicate<Path> kept = path -> path.toString().endsWith(DAMAGED);
            return Stream.concat(list(dir, kept).stream(), list(folder(), kept).stream())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Deletes the replica. Also a deletion that is cut short leaves nothing that bears its name. */
    void wipe() throws IOException {
        DurableFile.replace(dir.resolve(LEFT), new byte[0]);
        Path gone = dir.resolve(name + GONE);
        Files.move(folder(), gone, StandardCopyOption.ATOMIC_MOVE);
        delete(gone);
    }
}
