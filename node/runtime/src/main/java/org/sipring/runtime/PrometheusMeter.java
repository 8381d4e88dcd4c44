package org.sipring.runtime;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.sipring.api.Meter;

/** Counts into a Prometheus registry. One of each name, whatever the labels. Callable from any thread. */
public final class PrometheusMeter implements Meter {
    private final CollectorRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Gauges> gauges = new ConcurrentHashMap<>();

    /**
     * Counts into a registry.
     *
     * @param registry what {@code /metrics} shows
     */
    public PrometheusMeter(CollectorRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        Counter counter = counters.computeIfAbsent(name, absent -> register(name, help, labels));
        Counter.Child child = counter.labels(values(labels).toArray(String[]::new));
        return child::inc;
    }

    private Counter register(String name, String help, String[] labels) {
        return Counter.build(name, help)
                .labelNames(names(labels).toArray(String[]::new))
                .register(registry);
    }

    /** The same name and labels again replace the supplier: a role that is started again gives a new one. */
    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        gauges.computeIfAbsent(name, absent -> new Gauges(name, help).register(registry))
                .put(names(labels), values(labels), value);
    }

    private static List<String> names(String[] labels) {
        return everySecond(labels, 0);
    }

    private static List<String> values(String[] labels) {
        return everySecond(labels, 1);
    }

    private static List<String> everySecond(String[] labels, int from) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("give label names and values in turn");
        }
        List<String> found = new ArrayList<>();
        for (int index = from; index < labels.length; index += 2) {
            found.add(labels[index]);
        }
        return found;
    }

    /** All gauges of one name, read when Prometheus asks. */
    private static final class Gauges extends Collector {
        private final String name;
        private final String help;
        private final Map<Labels, DoubleSupplier> values = new ConcurrentHashMap<>();

        private record Labels(List<String> names, List<String> values) {}

        private Gauges(String name, String help) {
            this.name = name;
            this.help = help;
        }

        private void put(List<String> names, List<String> labelValues, DoubleSupplier value) {
            values.put(new Labels(names, labelValues), value);
        }

        @Override
        public List<MetricFamilySamples> collect() {
            List<MetricFamilySamples.Sample> samples = new ArrayList<>();
            values.forEach((labels, value) ->
                    samples.add(new MetricFamilySamples.Sample(name, labels.names(), labels.values(), read(value))));
            return List.of(new MetricFamilySamples(name, Type.GAUGE, help, samples));
        }

        // One broken gauge must not hide all others.
        private static double read(DoubleSupplier value) {
            try {
                return value.getAsDouble();
            } catch (RuntimeException broken) {
                return Double.NaN;
            }
        }
    }
}
