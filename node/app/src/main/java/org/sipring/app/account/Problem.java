package org.sipring.app.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What a problem document (RFC 9457) says to the person at the keyboard. Pure. */
final class Problem {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Problem() {}

    /** The document's sentence, and below it a line for each field that is wrong. */
    static String text(int status, String body) {
        try {
            JsonNode document = JSON.readTree(body);
            List<String> lines = new ArrayList<>();
            lines.add(document.path("detail").asText("the node answers with HTTP status " + status));
            document.path("errors").forEach(error -> lines.add("  " + line(error)));
            return String.join(System.lineSeparator(), lines);
        } catch (JsonProcessingException other) {
            return "the node answers with HTTP status " + status;
        }
    }

    /** What is wrong where: {@code #/forwarding/busy} is {@code forwarding.busy} to people. */
    static String line(JsonNode error) {
        String where = error.path("pointer").asText(error.path("parameter").asText());
        String name = where.replaceFirst("^#?/", "")
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
        return name + ": " + error.path("detail").asText();
    }
}
