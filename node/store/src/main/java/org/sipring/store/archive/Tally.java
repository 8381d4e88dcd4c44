package org.sipring.store.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.sipring.store.large.Manifest;

/** Counts documents, and makes a digest over them. */
final class Tally {
    private final Map<String, Long> documents = new HashMap<>();
    private final MessageDigest sum = sha256();

    void add(Item item) {
        documents.merge(item.key().collection(), 1L, Long::sum);
        sum.update(Records.bytes(item));
    }

    void add(Manifest manifest) {
        sum.update(manifest.name().toString().getBytes(StandardCharsets.US_ASCII));
    }

    Summary summary() {
        return new Summary(documents, HexFormat.of().formatHex(copy(sum).digest()));
    }

    private static MessageDigest copy(MessageDigest sum) {
        try {
            return (MessageDigest) sum.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("Java's own digests can be copied", impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
