package org.sipring.certs;

import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A line of the CA's memory: a certificate that it has issued.
 *
 * @param serial its serial number
 * @param node whose it is
 * @param expires its last moment
 * @param revoked when it was revoked, if it was
 */
record Issued(BigInteger serial, String node, Instant expires, Optional<Instant> revoked) {
    private static final String NOT_REVOKED = "-";

    /** Reads a line: serial in hexadecimal, node, end, and the moment of revocation or '-'. */
    static Issued parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("not four words: " + line);
        }
        try {
            Optional<Instant> revoked =
                    words[3].equals(NOT_REVOKED) ? Optional.empty() : Optional.of(Instant.parse(words[3]));
            return new Issued(new BigInteger(words[0], 16), words[1], Instant.parse(words[2]), revoked);
        } catch (DateTimeParseException bad) {
            throw new IllegalArgumentException("not a time: " + line, bad);
        }
    }

    String line() {
        return serial.toString(16) + " " + node + " " + expires + " "
                + revoked.map(Instant::toString).orElse(NOT_REVOKED);
    }

    /** The same, revoked; an earlier revocation stands. */
    Issued revokedAt(Instant now) {
        return revoked.isPresent() ? this : new Issued(serial, node, expires, Optional.of(now));
    }
}
