package org.sipring.store.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.sipring.api.Sha256;
import org.sipring.store.large.Manifest;

/** Counts documents, and makes a digest over them. */
final class Tally {
    private final Map<String, Long> documents = new HashMap<>();
    private final MessageDigest sum = Sha256.begin();

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
}
