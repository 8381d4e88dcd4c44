package org.sipring.app.world;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.sipring.api.Meter;

/** What a process says of itself. */
final class Gauges implements Meter {
    private static final String TRANSACTIONS = "sipring_sip_transactions";

    private final Map<String, DoubleSupplier> gauges = new HashMap<>();

    /** How many SIP transactions it keeps. */
    int transactions() {
        DoubleSupplier gauge = gauges.get(TRANSACTIONS);
        return gauge == null ? 0 : (int) gauge.getAsDouble();
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        gauges.put(name, value);
    }
}
