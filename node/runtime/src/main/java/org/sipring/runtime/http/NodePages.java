package org.sipring.runtime.http;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.sipring.api.Health;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;

/** The pages that every node has. */
public final class NodePages {
    private NodePages() {}

    /**
     * Everything counted, in Prometheus's text format 0.0.4.
     *
     * @param registry what to show
     * @return for {@code /metrics}
     */
    public static HttpPage metrics(CollectorRegistry registry) {
        return HttpPage.of(() -> new HttpReply(200, TextFormat.CONTENT_TYPE_004, text(registry)));
    }

    private static byte[] text(CollectorRegistry registry) {
        StringWriter writer = new StringWriter();
        try {
            TextFormat.write004(writer, registry.metricFamilySamples());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return writer.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Says that the process lives: whoever reads this need not restart it.
     *
     * @return for {@code /healthz}
     */
    public static HttpPage alive() {
        return HttpPage.of(() -> HttpReply.text(200, "alive"));
    }

    /**
     * Says whether the node is in service: 200, or 503 and why not.
     *
     * @param health must not block
     * @return for {@code /readyz}
     */
    public static HttpPage ready(Supplier<Health> health) {
        return HttpPage.of(() -> ready(health.get()));
    }

    private static HttpReply ready(Health now) {
        return now.ready()
                ? HttpReply.text(200, now.detail().isEmpty() ? "ready" : "ready: " + now.detail())
                : HttpReply.text(503, now.detail().isEmpty() ? "not ready" : "not ready: " + now.detail());
    }
}
