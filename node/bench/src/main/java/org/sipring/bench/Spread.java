package org.sipring.bench;

import java.util.Arrays;

/**
 * Where many figures of one kind lie.
 *
 * @param count how many there were
 * @param median the middle one
 * @param p99 that which 99 of 100 do not exceed
 * @param worst the highest
 */
record Spread(int count, double median, double p99, double worst) {
    /** Of some that are sorted here. */
    static Spread of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? new Spread(0, Double.NaN, Double.NaN, Double.NaN)
                : new Spread(
                        sorted.length,
                        sorted[sorted.length / 2],
                        sorted[(int) Math.min(sorted.length - 1L, sorted.length * 99L / 100)],
                        sorted[sorted.length - 1]);
    }

    /** As one process tells it to another. */
    String words() {
        return count + " " + median + " " + p99 + " " + worst;
    }

    static Spread read(String words) {
        String[] parts = words.split(" ", -1);
        return new Spread(
                Integer.parseInt(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }
}
