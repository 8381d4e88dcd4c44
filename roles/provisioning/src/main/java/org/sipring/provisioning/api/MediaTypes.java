package org.sipring.provisioning.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sipring.http.HttpRequest;

/** What a client sends, and what it takes. RFC 9110 sections 8.3 and 12.5.1. Pure. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private MediaTypes() {}

    /** The media type of a request's body, without parameters; empty text where it is not said. */
    static String sent(HttpRequest request) {
        return bare(request.field("Content-Type").orElse(""));
    }

    private static String bare(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }

    /** The first of our types that a client likes best; empty when it takes none. */
    static Optional<String> taken(HttpRequest request, List<String> offered) {
        List<Range> ranges = Arrays.stream(request.field("Accept").orElse("*/*").split(","))
                .map(Range::of)
                .toList();
        return offered.stream()
                .filter(type -> quality(ranges, type) > 0)
                .min(Comparator.comparingDouble(type -> -quality(ranges, type)));
    }

    // The most specific range counts.
    private static double quality(List<Range> ranges, String type) {
        return ranges.stream()
                .filter(range -> range.covers(type))
                .max(Comparator.comparingInt(range -> range.name.length() - (range.name.endsWith("*") ? 1000 : 0)))
                .map(range -> range.quality)
                .orElse(0.0);
    }

    private record Range(String name, double quality) {
        static Range of(String text) {
            double quality = Arrays.stream(text.split(";"))
                    .map(String::trim)
                    .filter(parameter -> parameter.startsWith("q="))
                    .findFirst()
                    .map(parameter -> number(parameter.substring(2)))
                    .orElse(1.0);
            return new Range(bare(text), quality);
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException malformed) {
                return 0;
            }
        }

        boolean covers(String type) {
            return name.equals("*/*")
                    || name.equals(type)
                    || (name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1)));
        }
    }
}
