package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices without parsing that the files of an identity folder were replaced. Not safe for threads: its owner locks. */
final class IdentityWatch {
    private final Path folder;

    // The bytes as last looked at.
    private byte @Nullable [] crl;
    private byte @Nullable [] pair;

    /** Remembers the files as they are. */
    IdentityWatch(Path folder) {
        this.folder = folder;
        this.crl = bytes(FolderContent.CRL);
        this.pair = pair();
    }

    /**
     * What is new.
     *
     * @param crl the bytes of another revocation list
     * @param pair whether key or certificate is another one
     */
    record News(Optional<byte[]> crl, boolean pair) {}

    /** Compares the files with those of the last look. */
    News look() {
        byte[] list = bytes(FolderContent.CRL);
        byte[] both = pair();
        News news = new News(
                Optional.ofNullable(list).filter(now -> !Arrays.equals(now, crl)),
                both != null && !Arrays.equals(both, pair));
        crl = list;
        pair = both;
        return news;
    }

    /** The running node itself put this list there. */
    void wrote(byte[] list) {
        crl = list;
    }

    private byte @Nullable [] pair() {
        byte[] key = bytes(FolderContent.KEY);
        byte[] certificate = bytes(FolderContent.CERTIFICATE);
        if (key == null || certificate == null) {
            return null;
        }
        byte[] both = Arrays.copyOf(key, key.length + certificate.length);
        System.arraycopy(certificate, 0, both, key.length, certificate.length);
        return both;
    }

    private byte @Nullable [] bytes(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException away) {
            return null; // a file that is being replaced by hand; the next look sees it
        }
    }
}
