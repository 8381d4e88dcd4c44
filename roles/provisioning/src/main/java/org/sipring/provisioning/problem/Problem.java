package org.sipring.provisioning.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.sipring.http.HttpReply;

/**
 * A problem document. RFC 9457.
 *
 * @param status the HTTP status code
 * @param detail a sentence that says what to do next
 * @param fields what is wrong where; perhaps nothing
 */
public record Problem(int status, String detail, List<FieldProblem> fields) {
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    /** Copies. */
    public Problem {
        fields = List.copyOf(fields);
    }

    /**
     * A problem of the request as a whole.
     *
     * @param status the HTTP status code
     * @param detail a sentence that says what to do next
     */
    public Problem(int status, String detail) {
        this(status, detail, List.of());
    }

    /**
     * A parameter that is not as it should be.
     *
     * @param name of the parameter
     * @param detail what it should be
     * @return with status 400
     */
    public static Problem parameter(String name, String detail) {
        return new Problem(400, "a parameter is not as it should be", List.of(new FieldProblem('?' + name, detail)));
    }

    /**
     * The document. Its type is {@code about:blank}, which is not written: RFC 9457 section 4.2.1.
     *
     * @return in JSON
     */
    public ObjectNode json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("title", TITLES.getOrDefault(status, "Error")).put("status", status);
        document.put("detail", detail);
        if (!fields.isEmpty()) {
            add(document.putArray("errors"), fields);
        }
        return document;
    }

    /**
     * Writes what is wrong where.
     *
     * @param errors to add to
     * @param fields what to write; pointers as fragments, as RFC 9457 section 3 has them
     */
    public static void add(ArrayNode errors, List<FieldProblem> fields) {
        for (FieldProblem field : fields) {
            ObjectNode error = errors.addObject();
            if (field.where().startsWith("?")) {
                error.put("parameter", field.where().substring(1));
            } else {
                error.put("pointer", '#' + field.where());
            }
            error.put("detail", field.detail());
        }
    }

    /**
     * The document as an answer.
     *
     * @return the reply
     */
    public HttpReply reply() {
        return new HttpReply(
                status, "application/problem+json", json().toString().getBytes(StandardCharsets.UTF_8));
    }
}
