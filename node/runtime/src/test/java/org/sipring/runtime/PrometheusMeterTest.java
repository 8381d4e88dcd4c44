package org.sipring.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.CollectorRegistry;
import org.junit.jupiter.api.Test;

class PrometheusMeterTest {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final PrometheusMeter meter = new PrometheusMeter(registry);

    private Double sample(String name, String label, String value) {
        return registry.getSampleValue(name, new String[] {label}, new String[] {value});
    }

    @Test
    void aCounterCountsPerLabel() {
        Runnable tcp = meter.counter("sipring_sip_requests_total", "Requests.", "transport", "tcp");
        meter.counter("sipring_sip_requests_total", "Requests.", "transport", "udp")
                .run();
        tcp.run();
        tcp.run();
        assertThat(sample("sipring_sip_requests_total", "transport", "tcp")).isEqualTo(2.0);
        assertThat(sample("sipring_sip_requests_total", "transport", "udp")).isEqualTo(1.0);
    }

    @Test
    void aGaugeIsReadWhenAskedFor() {
        double[] value = {1};
        meter.gauge("sipring_members", "Members.", () -> value[0]);
        value[0] = 3;
        assertThat(registry.getSampleValue("sipring_members")).isEqualTo(3.0);
    }

    @Test
    void aGaugeGivenAgainReplacesTheOldOne() {
        meter.gauge("sipring_bindings", "Bindings.", () -> 1, "table", "bindings");
        meter.gauge("sipring_bindings", "Bindings.", () -> 2, "table", "bindings");
        assertThat(sample("sipring_bindings", "table", "bindings")).isEqualTo(2.0);
    }

    @Test
    void aBrokenGaugeHidesNoOther() {
        meter.gauge("sipring_broken", "Broken.", () -> {
            throw new IllegalStateException("made by the test");
        });
        meter.gauge("sipring_good", "Good.", () -> 1);
        assertThat(registry.getSampleValue("sipring_broken")).isNaN();
        assertThat(registry.getSampleValue("sipring_good")).isEqualTo(1.0);
    }

    @Test
    void labelsComeInPairs() {
        assertThatThrownBy(() -> meter.counter("x_total", "X.", "alone")).isInstanceOf(IllegalArgumentException.class);
    }
}
