package org.sipring.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/** Holds JSON against schemas of draft 2020-12, which is OpenAPI 3.1's as well. Callable from any thread. */
public final class JsonSchemas {
    private JsonSchemas() {}

    /**
     * Looks for breaches.
     *
     * @param schema the schema, whose references are within it
     * @param document what is to follow it
     * @return every way in which it does not
     */
    public static List<String> breaches(JsonNode schema, JsonNode document) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(document)
                .stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }
}
