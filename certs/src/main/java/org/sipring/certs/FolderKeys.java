package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens envelopes with the keys in an identity folder, also of one whose certificate has ended or was revoked. Immutable. */
public final class FolderKeys {
    private final List<PrivateKey> keys;

    private FolderKeys(List<PrivateKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the keys.
     *
     * @param folder an identity folder
     * @return the newest, and those from before renewals
     * @throws IOException when they cannot be read; the message says which file
     */
    public static FolderKeys read(Path folder) throws IOException {
        try {
            List<PrivateKey> keys = new ArrayList<>();
            keys.add(Pem.readKey(Files.readAllBytes(folder.resolve(FolderContent.KEY))));
            keys.addAll(new FormerKeys(folder).read());
            return new FolderKeys(keys);
        } catch (GeneralSecurityException damaged) {
            throw new IOException("a key in " + folder + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /**
     * Opens an envelope.
     *
     * @param envelope may be for others, and come from anybody
     * @return the secret; empty when none of the keys opens it
     */
    public Optional<byte[]> open(byte[] envelope) {
        return Envelope.open(envelope, keys);
    }
}
