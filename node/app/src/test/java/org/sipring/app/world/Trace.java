package org.sipring.app.world;

import java.util.Locale;
import org.sipring.testkit.SimTime;

/** What happened, one line each, to be read by people. */
final class Trace {
    private final SimTime time;
    private final StringBuilder text = new StringBuilder();

    Trace(SimTime time) {
        this.time = time;
    }

    /** Notes that somebody did something now. */
    void say(Object who, String what) {
        double seconds = time.elapsed().toMillis() / 1000.0;
        text.append(String.format(Locale.ROOT, "%9.3f  %-8s %s%n", seconds, who, what));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
