package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.sipring.api.Backups;
import org.sipring.api.Store;

/** Where a document is, as it is sent. Pure. */
final class PlaceForm {
    private static final String COLLECTION = "collection";
    private static final String KEY = "key";

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
        if (text.length() > Store.LONGEST_KEY) {
            throw new BadFieldException(where, "must be of at most " + Store.LONGEST_KEY + " characters");
        }
        return text;
    }
}
