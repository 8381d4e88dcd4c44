package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.sipring.api.Backups;

/** Where a document is, as it is sent. Pure. */
final class PlaceForm {
    private static final String COLLECTION = "collection";
    private static final String KEY = "key";
    // A length in two bytes stands before each, as DataOutput.writeUTF has it, in logs and between nodes.
    private static final int LONGEST_BYTES = 0xffff;

    private PlaceForm() {}

    static Backups.Place read(JsonNode node, String at) {
        String collection = text(node, COLLECTION, at);
        if (collection.isEmpty() || collection.contains("/")) {
            throw new BadFieldException(at + '/' + COLLECTION, "must be the name of a collection, without a slash");
        }
        return new Backups.Place(collection, text(node, KEY, at));
    }

    private static String text(JsonNode node, String name, String at) {
        String where = at + '/' + name;
        if (!node.path(name).isTextual()) {
            throw new BadFieldException(where, "must be a text");
        }
        String text = node.path(name).asText();
        if (text.indexOf('\0') >= 0) {
            throw new BadFieldException(where, "must be without NUL");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new BadFieldException(where, "must be without surrogates that are no pairs");
        }
        if (bytes(text) > LONGEST_BYTES) {
            throw new BadFieldException(where, "must be of at most " + LONGEST_BYTES + " bytes in modified UTF-8");
        }
        return text;
    }

    // In which each surrogate of a pair takes three.
    private static int bytes(String text) {
        return text.chars().map(unit -> unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3).sum();
    }
}
