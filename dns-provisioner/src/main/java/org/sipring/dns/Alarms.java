package org.sipring.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.sipring.api.Ticker;
import org.sipring.dns.fence.Fence;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.zone.NoKeyException;
import org.sipring.dns.zone.NotAuthenticException;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Soa;
import org.sipring.dns.zone.UpdateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms of one manager, each logged when it begins and when it ends. Lives in the manager's room. */
final class Alarms {
    /** What heals by itself within a moment is still shown for this long, so that somebody sees it. */
    static final Duration SHOWN = Duration.ofMinutes(10);

    private static final Set<Alarm.Kind> WRITERS =
            Set.of(Alarm.Kind.FOREIGN_RRSET, Alarm.Kind.NOT_KEPT, Alarm.Kind.WRONG_KEY, Alarm.Kind.UPDATE_REFUSED);

    /** Seconds for which resolvers may remember that a name is not there. */
    private static final long MAX_MINIMUM = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final Ticker ticker;
    private final Map<Alarm.Kind, Alarm> raised = new EnumMap<>(Alarm.Kind.class);

    Alarms(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The fence was read or written. */
    void fence(Fence fence, RrKey key) {
        set(Alarm.Kind.FOREIGN_FENCE, fence.isForeign(), key.toString());
        show(Alarm.Kind.FENCE_LOST, fence.isLost(), key.toString());
    }

    /** The start of authority was read. */
    void soa(RrSet set) {
        long minimum = Soa.of(set).minimum();
        set(Alarm.Kind.SOA_MINIMUM, minimum > MAX_MINIMUM, "it is " + minimum + " s");
    }

    /** The zone was compared with the plan. */
    void zone(ZoneDiff diff, boolean notKept) {
        set(Alarm.Kind.FOREIGN_RRSET, !diff.foreign().isEmpty(), diff.foreign().toString());
        set(Alarm.Kind.NOT_KEPT, notKept, notKept ? diff.names() : "");
    }

    /** An update was answered. */
    void sent(UpdateResult result) {
        set(Alarm.Kind.WRONG_KEY, result == UpdateResult.NOT_AUTHENTIC, "");
        set(Alarm.Kind.UPDATE_REFUSED, result == UpdateResult.REFUSED, "");
    }

    /** A usable answer came. */
    void answered() {
        clear(Alarm.Kind.NAME_SERVER_DOWN);
        clear(Alarm.Kind.NO_KEY);
    }

    /** No usable answer came, for the first time or again. */
    void unreadable(Throwable error, boolean again) {
        if (cause(error) instanceof NotAuthenticException) {
            raise(Alarm.Kind.WRONG_KEY, reason(error));
        } else if (cause(error) instanceof NoKeyException) {
            raise(Alarm.Kind.NO_KEY, "");
        } else if (again) {
            raise(Alarm.Kind.NAME_SERVER_DOWN, reason(error));
        }
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }

    private static String reason(Throwable error) {
        String message = cause(error).getMessage();
        return message == null ? cause(error).getClass().getSimpleName() : message;
    }

    /** This node is not the one to write: others tell what goes wrong with that. */
    void idle() {
        WRITERS.forEach(this::clear);
    }

    private void set(Alarm.Kind kind, boolean wrong, String detail) {
        if (wrong) {
            raise(kind, detail);
        } else {
            clear(kind);
        }
    }

    // The alarm is up at least SHOWN.
    private void show(Alarm.Kind kind, boolean wrong, String detail) {
        Alarm alarm = raised.get(kind);
        boolean fresh = alarm != null && alarm.since().plus(SHOWN).isAfter(ticker.now());
        if (wrong || !fresh) {
            set(kind, wrong, detail);
        }
    }

    private void raise(Alarm.Kind kind, String detail) {
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

    private void clear(Alarm.Kind kind) {
        if (raised.remove(kind) != null) {
            LOG.info("DNS: {} is over", kind);
        }
    }

    List<Alarm> list() {
        return List.copyOf(raised.values());
    }
}
