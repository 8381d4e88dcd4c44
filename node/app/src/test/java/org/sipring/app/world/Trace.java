package org.sipring.app.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sipring.testkit.SimTime;

/** What happened, one line each, to be read by people: only the trace of a world that failed is ever written out. */
final class Trace {
    private final SimTime time;
    private final List<Line> lines = new ArrayList<>();

    private record Line(Duration at, String who, String what) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%9.3f  %-8s %s%n", at.toMillis() / 1000.0, who, what);
        }
    }

    Trace(SimTime time) {
        this.time = time;
    }

    /** Notes that somebody did something now. */
    void say(Object who, String what) {
        lines.add(new Line(time.elapsed(), who.toString(), what));
    }

    @Override
    public String toString() {
        return lines.stream().map(Line::toString).collect(Collectors.joining());
    }
}
