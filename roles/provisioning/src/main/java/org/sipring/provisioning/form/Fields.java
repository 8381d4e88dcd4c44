package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.sipring.provisioning.problem.FieldProblem;

/** Reads the fields of an object, and collects what is wrong with them. A null is as good as nothing. */
final class Fields {
    private final JsonNode object;
    private final String at;
    private final List<FieldProblem> problems;

    private Fields(JsonNode object, String at, List<FieldProblem> problems) {
        this.object = object;
        this.at = at;
        this.problems = problems;
    }

    /** A document's fields, of which no others are known. */
    static Fields of(JsonNode document, Set<String> known, List<FieldProblem> problems) {
        return new Fields(document, "", problems).only(known);
    }

    private Fields only(Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problem(name, "there is no such field");
            }
        });
        return this;
    }

    /** The fields of an object within this one; none where it is not there. */
    Fields object(String name, Set<String> known) {
        JsonNode inner = node(name);
        if (!inner.isMissingNode() && !inner.isObject()) {
            problem(name, "must be an object");
        }
        JsonNode found = inner.isObject() ? inner : MissingNode.getInstance();
        return new Fields(found, pointer(name), problems).only(known);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    boolean has(String name) {
        return !node(name).isMissingNode();
    }

    private JsonNode node(String name) {
        JsonNode found = object.path(name);
        return found.isNull() ? MissingNode.getInstance() : found;
    }

    void problem(String name, String detail) {
        problems.add(new FieldProblem(pointer(name), detail));
    }

    private void element(String name, int index, String detail) {
        problems.add(new FieldProblem(pointer(name) + '/' + index, detail));
    }

    // RFC 6901 section 3.
    private String pointer(String name) {
        return at + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    Optional<String> text(String name, Predicate<String> good, String should) {
        JsonNode found = node(name);
        if (found.isMissingNode()) {
            return Optional.empty();
        }
        if (!found.isTextual() || !good.test(found.asText())) {
            problem(name, should);
            return Optional.empty();
        }
        return Optional.of(found.asText());
    }

    List<String> texts(String name, int most, Predicate<String> good, String should) {
        JsonNode found = node(name);
        if (!found.isMissingNode() && (!found.isArray() || found.size() > most)) {
            problem(name, "must be an array of at most " + most + " texts");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            JsonNode text = found.get(i);
            if (!text.isTextual() || !good.test(text.asText())) {
                element(name, i, should);
            } else if (texts.contains(text.asText())) {
                element(name, i, "stands there twice");
            } else {
                texts.add(text.asText());
            }
        }
        return texts;
    }

    OptionalInt number(String name, int least, int most) {
        JsonNode found = node(name);
        if (found.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!found.canConvertToInt() || !found.isIntegralNumber() || found.asInt() < least || found.asInt() > most) {
            problem(name, "must be a whole number from " + least + " to " + most);
            return OptionalInt.empty();
        }
        return OptionalInt.of(found.asInt());
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode found = node(name);
        if (!found.isMissingNode() && !found.isBoolean()) {
            problem(name, "must be true or false");
        }
        return found.isBoolean() ? found.asBoolean() : otherwise;
    }
}
