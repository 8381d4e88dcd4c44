package org.sipring.app.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sipring.proxy.journal.Printable;

/** Writes for people what the nodes say of a call. Pure. */
public final class CallStory {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private CallStory() {}

    /**
     * Tells whether any node remembers the call.
     *
     * @param story what {@code /why} said
     * @return true when there is something to tell
     */
    public static boolean known(JsonNode story) {
        return !story.path("events").isEmpty();
    }

    /**
     * Writes it.
     *
     * @param story what {@code /why} said
     * @return lines of printable ASCII
     */
    public static List<String> render(JsonNode story) {
        List<String> lines = new ArrayList<>();
        if (known(story)) {
            lines.add("Times are UTC, by each node's own clock.");
            int width = stream(story.path("events"))
                    .mapToInt(event -> event.path("node").asText().length())
                    .max()
                    .orElse(0);
            stream(story.path("events")).forEach(event -> lines.add(line(event, width)));
        } else {
            lines.add("No node remembers this call. Either it never reached the platform, under this very Call-ID,");
            lines.add(
                    "or it was too long ago (sip.calls.journal-age, sip.calls.journal-size), or its nodes have ended.");
        }
        if (!story.path("silent").isEmpty()) {
            lines.add("No answer came from "
                    + stream(story.path("silent"))
                            .map(node -> Printable.text(node.asText()))
                            .collect(Collectors.joining(", "))
                    + ": what they know of it is missing.");
        }
        return lines;
    }

    private static String line(JsonNode event, int width) {
        String node = Printable.text(event.path("node").asText());
        return TIME.format(Instant.parse(event.path("time").asText())) + "  " + node
                + " ".repeat(Math.max(0, width - node.length())) + "  "
                + Printable.text(event.path("text").asText());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
