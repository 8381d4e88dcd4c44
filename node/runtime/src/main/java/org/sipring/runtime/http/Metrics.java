package org.sipring.runtime.http;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import org.sipring.api.Meter;
import org.sipring.http.HttpPage;
import org.sipring.runtime.PrometheusMeter;

/** What a node counts, the Java machine included, and the page that shows it. */
public final class Metrics {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final Meter meter = new PrometheusMeter(registry);

    /** Metrics of the Java machine, and none of the node yet. */
    public Metrics() {
        DefaultExports.register(registry);
    }

    /**
     * Where the node counts.
     *
     * @return the meter
     */
    public Meter meter() {
        return meter;
    }

    /**
     * All of it for Prometheus.
     *
     * @return the page to serve as {@code /metrics}
     */
    public HttpPage page() {
        return NodePages.metrics(registry);
    }
}
