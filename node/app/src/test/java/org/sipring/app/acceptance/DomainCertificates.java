package org.sipring.app.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;

/** A CA that all domains of a test trust, {@code ca.crt}, and the certificates that it signs; openssl makes them. */
final class DomainCertificates {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String[] KEY = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"};

    private final Path dir;

    DomainCertificates(Path dir) {
        this.dir = dir;
        request("ca.crt", "ca.key", "CN=CA", "-addext", "basicConstraints=critical,CA:TRUE");
    }

    private void request(String out, String key, String name, String... more) {
        String[] fixed = {"openssl", "req", "-x509", "-days", "2", "-subj", '/' + name};
        String[] files = {
            "-out", dir.resolve(out).toString(), "-keyout", dir.resolve(key).toString()
        };
        Command.run(LIMIT, concat(fixed, KEY, files, more)).succeeded();
    }

    private static String[] concat(String[]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** Writes {@code NAME.crt} and {@code NAME.key} for alternative names as openssl writes them. */
    void sign(Path folder, String name, String names) throws IOException {
        Files.createDirectories(folder);
        Path key = folder.resolve(name + ".key");
        request(
                dir.relativize(folder.resolve(name + ".crt")).toString(),
                dir.relativize(key).toString(),
                "CN=" + name,
                "-CA",
                dir.resolve("ca.crt").toString(),
                "-CAkey",
                dir.resolve("ca.key").toString(),
                "-addext",
                "subjectAltName=" + names,
                "-addext",
                "basicConstraints=CA:FALSE");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
}
