package org.sipring.bench;

/**
 * What one load on one server cost.
 *
 * @param load what was asked
 * @param peer of whom
 * @param played how it went
 * @param used what the server used for it
 * @param pause the longest pause of its garbage collector in that time, in milliseconds; 0 for none
 */
record Figure(Load load, String peer, Played played, Usage used, double pause) {
    /** Processor time for each attempt that succeeded, in microseconds. */
    double micros() {
        return (used.user() + used.system()) / Math.max(1, played.succeeded());
    }

    /** Of this in the kernel. */
    double systemMicros() {
        return used.system() / Math.max(1, played.succeeded());
    }

    /** Context switches for each attempt that succeeded. */
    double switches() {
        return (double) used.switches() / Math.max(1, played.succeeded());
    }

    @Override
    public String toString() {
        return String.format(
                "%-26s %-9s %5d/s  %7.1f us (%.1f in the kernel)  %.2f switches  %d failed  %d repeated  p50 %.2f p99 %.2f ms  pause %.1f ms",
                load,
                peer,
                load.rate(),
                micros(),
                systemMicros(),
                switches(),
                played.failed(),
                played.repeated(),
                played.percentile(50),
                played.percentile(99),
                pause);
    }
}
