package org.sipring.certs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.List;
import org.sipring.api.DurableFile;

/**
 * The keys that an identity had before it was renewed: what was sealed for them must be sealed anew before they go. A
 * node that is off while it is renewed, even twice, reads its secrets still when it comes back.
 *
 * @param identity the identity folder
 */
record FormerKeys(Path identity) {
    private static final String FILE = "former.keys";

    /** Before the folder's key is replaced by another. */
    void keep() throws IOException {
        Path key = identity.resolve(FolderContent.KEY);
        if (Files.exists(key)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(bytes());
            all.writeBytes(Files.readAllBytes(key));
            DurableFile.replace(file(), all.toByteArray(), Disk.OWNER_ONLY);
        }
    }

    /** The newest last. */
    List<PrivateKey> read() throws IOException, GeneralSecurityException {
        return Pem.readKeys(bytes());
    }

    boolean exist() {
        return Files.exists(file());
    }

    /** Nothing is sealed for them any more. */
    void forget() throws IOException {
        Files.deleteIfExists(file());
    }

    private byte[] bytes() throws IOException {
        try {
            return Files.readAllBytes(file());
        } catch (NoSuchFileException none) {
            return new byte[0];
        }
    }

    private Path file() {
        return identity.resolve(FILE);
    }
}
