package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Does to a replica's files what a disk may do to them. */
final class Disk {
    private Disk() {}

    /** The newest file of a kind that a replica uses. */
    static Path newest(Path folder, String kind) throws IOException {
        return all(folder, kind).stream()
                .filter(file -> !file.toString().endsWith(".md5"))
                .max(Comparator.comparing(Disk::number))
                .orElseThrow();
    }

    static List<Path> all(Path folder, String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.toString().contains(".damaged"))
                    .filter(file -> file.getFileName().toString().startsWith(kind))
                    .toList();
        }
    }

    private static long number(Path file) {
        String digits = file.getFileName().toString().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** Puts into a database what is still in its log, from where it would be read instead of from the database. */
    static void checkpoint(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet done = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            assertThat(done.getInt("busy")).isZero();
        }
    }

    /** Changes one bit of the last place where a text stands. */
    static void flip(Path file, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
        assertThat(place).as("%s in %s", text, file).isPositive();
        flip(file, place, 1);
    }

    static void flip(Path file, int place, int bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] ^= (byte) bit;
        Files.write(file, bytes);
    }
}
