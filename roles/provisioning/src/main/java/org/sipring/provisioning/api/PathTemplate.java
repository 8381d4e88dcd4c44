package org.sipring.provisioning.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path whose parts between slashes are fixed, or names in braces. Pure. */
final class PathTemplate {
    private final List<String> parts;

    PathTemplate(String template) {
        parts = List.of(template.split("/", -1));
    }

    /** What a path names; empty when it is another path. */
    Optional<Map<String, String>> match(String path) {
        String[] found = path.split("/", -1);
        if (found.length != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < found.length; i++) {
            String part = parts.get(i);
            Optional<String> text = decoded(found[i]);
            if (part.startsWith("{") && text.filter(one -> !one.isEmpty()).isPresent()) {
                named.put(part.substring(1, part.length() - 1), text.get());
            } else if (!part.equals(found[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(named);
    }

    // Unlike in a query, a plus sign is a plus sign here: RFC 3986 section 3.3.
    private static Optional<String> decoded(String part) {
        try {
            return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
