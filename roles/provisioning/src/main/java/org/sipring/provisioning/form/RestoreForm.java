package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Backups;
import org.sipring.api.KeyOrder;
import org.sipring.provisioning.problem.FieldProblem;

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
     * What a document says.
     *
     * @param form what it says, where nothing is wrong
     * @param problems what is wrong: the first of it, for there may be much
     */
    public record Reading(Optional<RestoreForm> form, List<FieldProblem> problems) {
        /** Copies. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a document.
     *
     * @param document from an operator
     * @return what it says, or what is wrong
     */
    public static Reading read(JsonNode document) {
        try {
            return new Reading(Optional.of(form(document)), List.of());
        } catch (BadFieldException bad) {
            return new Reading(Optional.empty(), List.of(bad.problem()));
        }
    }

    private static RestoreForm form(JsonNode document) {
        String source = document.path("source").asText();
        if (source.isEmpty()) {
            throw new BadFieldException("/source", "is missing: say what this is a part of");
        }
        boolean documents = document.path("documents").isArray();
        Backups.Large large = LargeForm.read(document);
        if (!documents && large.chunks().isEmpty() && large.values().isEmpty()) {
            throw new BadFieldException("/documents", "must be an array");
        }
        return new RestoreForm(source, large, documents ? Optional.of(part(document)) : Optional.empty());
    }

    private static Backups.Part part(JsonNode document) {
        Optional<Backups.Place> after = end(document, "after");
        Optional<Backups.Place> upTo = end(document, "upTo");
        List<Backups.Wanted> documents = new ArrayList<>();
        for (JsonNode one : document.path("documents")) {
            documents.add(wanted(one, at(documents.size())));
        }
        check(after, upTo, documents);
        return new Backups.Part(after, upTo, documents);
    }

    private static String at(int index) {
        return "/documents/" + index;
    }

    private static Optional<Backups.Place> end(JsonNode document, String name) {
        return document.has(name) ? Optional.of(PlaceForm.read(document.path(name), '/' + name)) : Optional.empty();
    }

    private static Backups.Wanted wanted(JsonNode node, String at) {
        Backups.Place place = PlaceForm.read(node, at);
        byte[] value = LargeForm.bytes(node.path("value"), at + "/value", LONGEST);
        return new Backups.Wanted(place, value, LargeForm.refersTo(node, at));
    }

    // What is out of order would be removed again by the range that it belongs to.
    private static void check(
            Optional<Backups.Place> after, Optional<Backups.Place> upTo, List<Backups.Wanted> documents) {
        Optional<Backups.Place> last = after;
        for (int i = 0; i < documents.size(); i++) {
            Backups.Place place = documents.get(i).place();
            if (last.isPresent() && ORDER.compare(last.get(), place) >= 0) {
                throw new BadFieldException(at(i), "must stand behind " + (i == 0 ? "/after" : at(i - 1)));
            }
            last = Optional.of(place);
        }
        if (upTo.isPresent() && last.isPresent() && ORDER.compare(last.get(), upTo.get()) > 0) {
            throw new BadFieldException(
                    "/upTo", "stands before " + (documents.isEmpty() ? "/after" : at(documents.size() - 1)));
        }
    }
}
