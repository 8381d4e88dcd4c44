package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node's pages, as Prometheus asks for them. */
final class Pages {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();

    /** The page at {@code http://AUTHORITY/PATH}. */
    HttpResponse<String> get(String authority, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + path))
                    .timeout(LIMIT)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether {@code /metrics} shows a sample: a name with its labels, and a value. */
    boolean shows(String authority, String sample, int value) {
        Pattern line =
                Pattern.compile("(?m)^" + Pattern.quote(sample).replace("}", "\\E,?\\Q}") + " " + value + "(\\.0)?$");
        return line.matcher(get(authority, "/metrics").body()).find();
    }

    /** What {@code /metrics} shows of a metric without labels. */
    double value(String authority, String metric) {
        Matcher line = Pattern.compile("(?m)^" + metric + " (\\S+)$")
                .matcher(get(authority, "/metrics").body());
        if (!line.find()) {
            throw new AssertionError(authority + " does not show " + metric);
        }
        return Double.parseDouble(line.group(1));
    }
}
