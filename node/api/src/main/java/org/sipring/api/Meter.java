package org.sipring.api;

import java.util.function.DoubleSupplier;

/** Where a role counts. Names follow Prometheus: {@code sipring_sip_requests_total}. Callable from any thread. */
public interface Meter {
    /**
     * A number that only grows.
     *
     * @param name ends with {@code _total}
     * @param help one sentence for the operator
     * @param labels label names and values in turn
     * @return counts one at each run; keep it and run it on the hot path
     */
    Runnable counter(String name, String help, String... labels);

    /**
     * A number that goes up and down, read when somebody asks.
     *
     * @param name the metric's name
     * @param help one sentence for the operator
     * @param value gives the number; must be quick and callable from any thread
     * @param labels label names and values in turn
     */
    void gauge(String name, String help, DoubleSupplier value, String... labels);
}
