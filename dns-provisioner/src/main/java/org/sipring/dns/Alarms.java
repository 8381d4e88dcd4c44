package org.sipring.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms of one manager, each logged when it begins and when it ends. Lives in the manager's room. */
final class Alarms {
    /** What heals by itself within a moment is still shown for this long, so that somebody sees it. */
    static final Duration SHOWN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final Ticker ticker;
    private final Map<Alarm.Kind, Alarm> raised = new EnumMap<>(Alarm.Kind.class);

    Alarms(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Raises an alarm, or clears it when its condition is over. */
    void set(Alarm.Kind kind, boolean wrong, String detail) {
        if (wrong) {
            raise(kind, detail);
        } else {
            clear(kind);
        }
    }

    /** Raises an alarm that is up at least {@link #SHOWN}. */
    void show(Alarm.Kind kind, boolean wrong, String detail) {
        Alarm alarm = raised.get(kind);
        boolean fresh = alarm != null && alarm.since().plus(SHOWN).isAfter(ticker.now());
        if (wrong || !fresh) {
            set(kind, wrong, detail);
        }
    }

    void raise(Alarm.Kind kind, String detail) {
        String text = kind.advice() + (detail.isEmpty() ? "" : " (" + detail + ")");
        Alarm before = raised.get(kind);
        Instant since = before == null ? ticker.now() : before.since();
        raised.put(kind, new Alarm(kind, since, text));
        // A dead server fails in many words; they are one alarm.
        if (before == null
                || (kind == Alarm.Kind.FOREIGN_RRSET && !before.text().equals(text))) {
            LOG.warn("DNS: {}", text);
        }
    }

    void clear(Alarm.Kind kind) {
        if (raised.remove(kind) != null) {
            LOG.info("DNS: {} is over", kind);
        }
    }

    List<Alarm> list() {
        return List.copyOf(raised.values());
    }
}
