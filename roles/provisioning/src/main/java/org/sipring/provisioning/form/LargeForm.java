package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sipring.api.Backups;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;

/** What a part of an archive has of large values. Pure. */
final class LargeForm {
    private static final int LONGEST_CHUNK = 256 * 1024;
    private static final int SHA256_BYTES = 32;

    private LargeForm() {}

    static Backups.Large read(JsonNode document) {
        List<byte[]> chunks = new ArrayList<>();
        document.path("chunks").forEach(chunk -> chunks.add(bytes(chunk, "a chunk", LONGEST_CHUNK)));
        List<Backups.Value> values = new ArrayList<>();
        document.path("large").forEach(value -> values.add(value(value)));
        return new Backups.Large(chunks, values);
    }

    private static Backups.Value value(JsonNode node) {
        LargeName name = LargeName.of(node.path("name").asText());
        int most = (name.length() / LONGEST_CHUNK + 1) * SHA256_BYTES;
        return new Backups.Value(name, bytes(node.path("chunks"), "the chunks of " + name, most));
    }

    static Set<LargeName> refersTo(JsonNode document) {
        Set<LargeName> names = new HashSet<>();
        document.path("refersTo").forEach(name -> names.add(LargeName.of(name.asText())));
        if (names.size() > LargeValues.MOST_REFERENCES) {
            throw new IllegalArgumentException(
                    "a document refers to no more than " + LargeValues.MOST_REFERENCES + " large values");
        }
        return names;
    }

    private static byte[] bytes(JsonNode node, String what, int most) {
        try {
            byte[] bytes = node.binaryValue();
            if (bytes == null || bytes.length > most) {
                throw new IllegalArgumentException(what + " is to be in Base64, of at most " + most + " bytes");
            }
            return bytes;
        } catch (IOException malformed) {
            throw new IllegalArgumentException(what + " is no Base64", malformed);
        }
    }
}
