package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.sipring.provisioning.form.Json;

/** Accounts as JSON documents, one a line. Pure. */
final class JsonLines {
    private JsonLines() {}

    static Set<String> read(String text, Consumer<Row> taker) throws UnreadableException {
        int number = 0;
        int end = -1;
        while (end < text.length()) {
            int begin = end + 1;
            int found = text.indexOf('\n', begin);
            end = found < 0 ? text.length() : found;
            String line = text.substring(begin, end);
            number++;
            if (!line.isBlank()) {
                taker.accept(row(number, line));
            }
        }
        return Set.of();
    }

    private static Row row(int number, String line) throws UnreadableException {
        JsonNode document = Json.read(line.getBytes(StandardCharsets.UTF_8), mistake -> {})
                .orElseThrow(() -> new UnreadableException(number, "this is no JSON object"));
        ObjectNode form = document.deepCopy();
        String address = document.path("address").asText();
        int sign = address.lastIndexOf('@');
        String domain = sign < 0 ? "" : address.substring(sign + 1).toLowerCase(Locale.ROOT);
        form.remove("address");
        return new Row(number, sign < 0 ? address : address.substring(0, sign), domain, form);
    }

    static String write(JsonNode account) {
        return account.toString() + '\n';
    }
}
