package org.sipring.provisioning.form;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON from strangers: nothing twice, nothing behind it. RFC 8259. */
public final class Json {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads a document.
     *
     * @param bytes in UTF-8
     * @param mistake hears what is wrong with it
     * @return the document, or empty after a mistake
     */
    public static Optional<JsonNode> read(byte[] bytes, Consumer<String> mistake) {
        try {
            JsonNode document = STRICT.readTree(bytes);
            if (document.isObject()) {
                return Optional.of(document);
            }
            mistake.accept("this is no JSON object");
        } catch (JsonProcessingException malformed) {
            // Without an excerpt of the document: there may be a password in it.
            mistake.accept("this is not JSON" + place(malformed.getLocation()));
        } catch (IOException broken) {
            mistake.accept("this is not JSON");
        }
        return Optional.empty();
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
