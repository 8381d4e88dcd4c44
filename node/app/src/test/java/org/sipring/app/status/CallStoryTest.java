package org.sipring.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator reads of a call. */
final class CallStoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> render(String story) throws JsonProcessingException {
        return CallStory.render(JSON.readTree(story));
    }

    @Test
    void everyEventIsALineWithItsTimeAndNode() throws JsonProcessingException {
        String story =
                """
                {"events": [
                   {"time": "2026-03-01T12:00:00.007Z", "node": "n1", "text": "the caller cancelled"},
                   {"time": "2026-03-01T12:00:01Z", "node": "edge-22", "text": "answered 487"}],
                 "silent": []}
                """;
        assertThat(render(story))
                .containsExactly(
                        "Times are UTC, by each node's own clock.",
                        "2026-03-01 12:00:00.007  n1       the caller cancelled",
                        "2026-03-01 12:00:01.000  edge-22  answered 487");
        assertThat(CallStory.known(JSON.readTree(story))).isTrue();
    }

    @Test
    void anUnknownCallIsSaidToBe() throws JsonProcessingException {
        String story = "{\"silent\": [\"n2\", \"n3\"]}";
        assertThat(render(story)).first().asString().startsWith("No node remembers this call.");
        assertThat(render(story)).contains("No answer came from n2, n3: what they know of it is missing.");
        assertThat(CallStory.known(JSON.readTree(story))).isFalse();
    }

    @Test
    void noTerminalObeysWhatANodeSays() throws JsonProcessingException {
        assertThat(render("{\"events\": [{\"time\": \"2026-03-01T12:00:00Z\", \"node\": \"n1\", \"text\":"
                        + " \"\\u001b[2J\\n\"}]}"))
                .last()
                .asString()
                .endsWith("n1  \\x1b[2J\\x0a");
    }
}
