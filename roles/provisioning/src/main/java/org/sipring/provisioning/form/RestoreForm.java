package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Backups;
import org.sipring.api.KeyOrder;

/**
 * A part of an archive as it is sent to be restored.
 *
 * @param source what it is of, for the audit log
 * @param large of large values, which are written first
 * @param part the range, and its documents; empty where only large values are sent
 */
public record RestoreForm(String source, Backups.Large large, Optional<Backups.Part> part) {
    private static final int LONGEST = 512 * 1024;
    private static final Comparator<Backups.Place> ORDER = Comparator.comparing(
                    Backups.Place::collection, KeyOrder.BY_CODE_POINTS)
            .thenComparing(Backups.Place::key, KeyOrder.BY_CODE_POINTS);

    /**
     * Reads a document.
     *
     * @param document from an operator
     * @return what it says
     * @throws IllegalArgumentException when it is not as it should be; the message says what is wrong
     */
    public static RestoreForm read(JsonNode document) {
        boolean documents = document.path("documents").isArray();
        Backups.Large large = LargeForm.read(document);
        boolean nothing =
                !documents && large.chunks().isEmpty() && large.values().isEmpty();
        if (document.path("source").asText().isEmpty() || nothing) {
            throw new IllegalArgumentException("say source, and documents as an array");
        }
        return new RestoreForm(
                document.path("source").asText(), large, documents ? Optional.of(part(document)) : Optional.empty());
    }

    private static Backups.Part part(JsonNode document) {
        Optional<Backups.Place> after = end(document, "after");
        Optional<Backups.Place> upTo = end(document, "upTo");
        List<Backups.Wanted> documents = new ArrayList<>();
        document.path("documents").forEach(one -> documents.add(wanted(one)));
        check(after, upTo, documents);
        return new Backups.Part(after, upTo, documents);
    }

    private static Optional<Backups.Place> end(JsonNode document, String name) {
        return document.has(name) ? Optional.of(place(document.path(name))) : Optional.empty();
    }

    private static Backups.Place place(JsonNode node) {
        String collection = node.path("collection").asText();
        if (collection.isEmpty()
                || collection.contains("/")
                || !node.path("key").isTextual()) {
            throw new IllegalArgumentException("each place is a collection, without a slash, and a key");
        }
        return new Backups.Place(collection, node.path("key").asText());
    }

    private static Backups.Wanted wanted(JsonNode node) {
        Backups.Place place = place(node);
        try {
            byte[] value = node.path("value").binaryValue();
            if (value == null || value.length > LONGEST) {
                throw new IllegalArgumentException(
                        place + " needs a value in Base64, of at most " + LONGEST + " bytes");
            }
            return new Backups.Wanted(place, value, LargeForm.refersTo(node));
        } catch (IOException malformed) {
            throw new IllegalArgumentException(place + " has a value that is no Base64", malformed);
        }
    }

    // What is out of order would be removed again by the range that it belongs to.
    private static void check(
            Optional<Backups.Place> after, Optional<Backups.Place> upTo, List<Backups.Wanted> documents) {
        Optional<Backups.Place> last = after;
        for (Backups.Wanted one : documents) {
            if (last.isPresent() && ORDER.compare(last.get(), one.place()) >= 0) {
                throw new IllegalArgumentException(one.place() + " is not behind " + last.get());
            }
            last = Optional.of(one.place());
        }
        if (upTo.isPresent() && last.isPresent() && ORDER.compare(last.get(), upTo.get()) > 0) {
            throw new IllegalArgumentException(last.get() + " is behind the end of the range");
        }
    }
}
