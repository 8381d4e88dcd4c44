package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sipring.provisioning.form.Json;

/** Accounts as JSON documents, one a line. Pure. */
final class JsonLines {
    private JsonLines() {}

    static Rows read(String text) throws UnreadableException {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                rows.add(row(number, line));
            }
        }
        return new Rows(rows, Set.of());
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
