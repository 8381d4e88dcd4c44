package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.sipring.app.phone.PhoneAccount;

/** As many accounts as a test wants, beside those that a demo invents. */
final class Users {
    static final String DOMAIN = "sipring.test";

    private Users() {}

    /** Writes users 0 to {@code count - 1} to where a demo that is started in the folder finds them. */
    static void write(Path dir, int count) {
        try {
            Files.write(
                    dir.resolve("accounts"),
                    IntStream.range(0, count).mapToObj(Users::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(int n) {
        return "u%04d".formatted(n);
    }

    static String password(int n) {
        return "secret-" + n;
    }

    static PhoneAccount account(int n) {
        return new PhoneAccount(name(n), DOMAIN, password(n));
    }

    /** What sipp needs to answer a challenge to a user. */
    static String credentials(int n) {
        return Sipp.credentials(name(n), password(n));
    }

    private static String line(int n) {
        return line(name(n), DOMAIN, password(n));
    }

    /** A user's line in the accounts file. */
    static String line(String name, String domain, String password) {
        return name + "@" + domain + " MD5 " + md5(name + ":" + domain + ":" + password);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
