package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may look into files and folders, and whether a folder is free. */
final class Disk {
    /** For keys. */
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = permissions("rw-------");

    /** For certificates. */
    static final FileAttribute<Set<PosixFilePermission>> FOR_ALL = permissions("rw-r--r--");

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER = permissions("rwx------");

    private Disk() {}

    private static FileAttribute<Set<PosixFilePermission>> permissions(String letters) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters));
    }

    /** Creates a folder, and those above it, for its owner's eyes only. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, OWNER_FOLDER);
    }

    /** Whether a folder has something in it that a new identity would overwrite. */
    static boolean occupied(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        if (!Files.isDirectory(path)) {
            return true;
        }
        try (var entries = Files.list(path)) {
            return entries.findAny().isPresent();
        }
    }
}
