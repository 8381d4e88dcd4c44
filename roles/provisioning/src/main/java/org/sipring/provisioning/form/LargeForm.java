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
        for (JsonNode chunk : document.path("chunks")) {
            chunks.add(bytes(chunk, "/chunks/" + chunks.size(), LONGEST_CHUNK));
        }
        List<Backups.Value> values = new ArrayList<>();
        for (JsonNode value : document.path("large")) {
            values.add(value(value, "/large/" + values.size()));
        }
        return new Backups.Large(chunks, values);
    }

    private static Backups.Value value(JsonNode node, String at) {
        LargeName name = name(node.path("name"), at + "/name");
        int most = (name.length() / LONGEST_CHUNK + 1) * SHA256_BYTES;
        return new Backups.Value(name, bytes(node.path("chunks"), at + "/chunks", most));
    }

    private static LargeName name(JsonNode node, String at) {
        try {
            return LargeName.of(node.asText());
        } catch (IllegalArgumentException malformed) {
            throw new BadFieldException(at, "must be the name of a large value");
        }
    }

    static Set<LargeName> refersTo(JsonNode document, String at) {
        JsonNode given = document.path("refersTo");
        if (given.size() > LargeValues.MOST_REFERENCES) {
            throw new BadFieldException(
                    at + "/refersTo", "must be an array of at most " + LargeValues.MOST_REFERENCES + " names");
        }
        Set<LargeName> names = new HashSet<>();
        int index = 0;
        for (JsonNode name : given) {
            names.add(name(name, at + "/refersTo/" + index++));
        }
        return names;
    }

    static byte[] bytes(JsonNode node, String at, int most) {
        try {
            byte[] bytes = node.binaryValue();
            if (bytes != null && bytes.length <= most) {
                return bytes;
            }
        } catch (IOException malformed) {
            throw new BadFieldException(at, "is no Base64");
        }
        throw new BadFieldException(at, "must be in Base64, of at most " + most + " bytes");
    }
}
