package org.sipring.store.group;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A replica that votes, as the store itself says: {@code n3@FOLDER SERIAL}.
 *
 * @param replica which
 * @param certificate the serial number of its node's certificate, so that whoever leads later knows that it has been revoked;
 *     empty where no leader has heard of it
 */
public record Kept(ReplicaName replica, Optional<BigInteger> certificate) {
    static Kept of(String line) {
        String[] words = line.split(" ", 2);
        return new Kept(
                ReplicaName.of(words[0]), words.length == 2 ? Optional.of(new BigInteger(words[1])) : Optional.empty());
    }

    /** With what was known before, where nothing is known now. */
    Kept or(Optional<Kept> former) {
        return certificate.isPresent() ? this : former.orElse(this);
    }

    @Override
    public String toString() {
        return replica + certificate.map(serial -> " " + serial).orElse("");
    }
}
