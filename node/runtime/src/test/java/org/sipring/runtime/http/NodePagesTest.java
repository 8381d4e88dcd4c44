package org.sipring.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sipring.api.Health;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;
import org.sipring.runtime.PrometheusMeter;

class NodePagesTest {
    private Health health = Health.GOOD;

    private static HttpReply get(HttpPage page) throws Exception {
        return page.get("").toCompletableFuture().get();
    }

    private static String body(HttpReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void metricsAreInPrometheusTextFormat() throws Exception {
        CollectorRegistry registry = new CollectorRegistry();
        new PrometheusMeter(registry)
                .counter("sipring_tests_total", "Tests.", "kind", "unit")
                .run();
        DefaultExports.register(registry);
        HttpReply reply = get(NodePages.metrics(registry));
        assertThat(reply.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(body(reply)).contains("sipring_tests_total{kind=\"unit\",} 1.0", "jvm_memory_bytes_used");
    }

    @Test
    void healthzSaysAlive() throws Exception {
        assertThat(body(get(NodePages.alive()))).isEqualTo("alive\n");
    }

    @Test
    void readyzSaysWhyNot() throws Exception {
        HttpPage ready = NodePages.ready(() -> health);
        assertThat(get(ready).status()).isEqualTo(200);
        health = new Health(false, "joining: no member answers");
        assertThat(get(ready).status()).isEqualTo(503);
        assertThat(body(get(ready))).isEqualTo("not ready: joining: no member answers\n");
    }
}
