package org.sipring.certs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.sipring.api.DurableFile;

/**
 * The CA's files: {@code ca.key}, {@code ca.crt}, {@code crl.pem} and {@code issued}, its memory of what it issued.
 *
 * @param path the folder
 */
record CaFolder(Path path) {
    static final String KEY = "ca.key";

    private static final String ISSUED = "issued";
    private static final String LOCK = ".lock";

    /** Keeps a second command on the same folder waiting. */
    FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    PrivateKey key() throws IOException, GeneralSecurityException {
        return Pem.readKey(Files.readAllBytes(path.resolve(KEY)));
    }

    X509Certificate certificate() throws IOException, GeneralSecurityException {
        return Pem.readCertificate(Files.readAllBytes(path.resolve(FolderContent.CA)));
    }

    Path crlFile() {
        return path.resolve(FolderContent.CRL);
    }

    RevocationList crl(X509Certificate ca) throws IOException, GeneralSecurityException {
        return RevocationList.read(Files.readAllBytes(crlFile()), ca);
    }

    List<Issued> issued() throws IOException {
        return Files.readAllLines(path.resolve(ISSUED)).stream()
                .map(Issued::parse)
                .toList();
    }

    void putRoot(PrivateKey key, X509Certificate root) throws IOException, GeneralSecurityException {
        DurableFile.replace(path.resolve(KEY), Pem.key(key), Disk.OWNER_ONLY);
        DurableFile.replace(path.resolve(FolderContent.CA), Pem.certificate(root), Disk.FOR_ALL);
    }

    void putIssued(List<Issued> all) throws IOException {
        String text = all.stream().map(entry -> entry.line() + "\n").collect(Collectors.joining());
        DurableFile.replace(path.resolve(ISSUED), text.getBytes(StandardCharsets.US_ASCII), Disk.OWNER_ONLY);
    }

    void putCrl(byte[] der) throws IOException {
        DurableFile.replace(path.resolve(FolderContent.CRL), Pem.crl(der), Disk.FOR_ALL);
    }
}
