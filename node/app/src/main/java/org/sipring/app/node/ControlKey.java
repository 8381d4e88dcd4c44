package org.sipring.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.sipring.api.Chance;
import org.sipring.api.DurableFile;

/**
 * The proof that a command comes from somebody who may read a node's files: a secret in its data folder, made anew at each
 * start. Immutable.
 */
public final class ControlKey {
    private static final String NAME = "control.key";
    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final Path dataDir;
    private final String secret;

    ControlKey(Path dataDir, Chance chance) {
        this.dataDir = dataDir;
        secret = HexFormat.of().formatHex(chance.bytes(BYTES));
    }

    /**
     * Where a node keeps it.
     *
     * @param dataDir the node's data folder
     * @return the file, which is there when the node has run
     */
    public static Path file(Path dataDir) {
        return dataDir.resolve(NAME);
    }

    /**
     * What a command shows to the node.
     *
     * @param file as {@link #file} says
     * @return a value of an Authorization header
     * @throws IOException when it cannot be read
     */
    public static String authorization(Path file) throws IOException {
        return SCHEME + Files.readString(file).strip();
    }

    /** Writes it for those who may read this node's files. */
    void write() throws IOException {
        Files.createDirectories(dataDir);
        DurableFile.replace(
                file(dataDir),
                secret.getBytes(StandardCharsets.US_ASCII),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Whether somebody has shown it. */
    boolean opens(Optional<String> authorization) {
        byte[] shown = authorization.orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, (SCHEME + secret).getBytes(StandardCharsets.UTF_8));
    }
}
