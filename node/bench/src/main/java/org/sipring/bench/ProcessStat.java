package org.sipring.bench;

/**
 * A line of {@code stat} of a process or thread, see proc(5).
 *
 * @param name of the program or thread
 * @param user processor time in its own code, in microseconds
 * @param system processor time in the kernel, in microseconds
 */
record ProcessStat(String name, double user, double system) {
    private static final ProcessStat ENDED = new ProcessStat("", 0, 0);

    // USER_HZ is 100 on every Linux that Debian runs on.
    private static final double TICK_MICROS = 10_000;

    /** Reads a line; nothing was used by who has ended meanwhile. The name, in brackets, may have any character in it. */
    static ProcessStat read(String line) {
        int end = line.lastIndexOf(')');
        String[] fields = line.substring(end + 1).trim().split(" ", -1);
        return fields.length < 13
                ? ENDED
                : new ProcessStat(
                        line.substring(line.indexOf('(') + 1, end),
                        Long.parseLong(fields[11]) * TICK_MICROS,
                        Long.parseLong(fields[12]) * TICK_MICROS);
    }
}
