package org.sipring.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sipring.api.Ticker;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;

/**
 * What the manager asks the primary, one request at a time: how the answers are makes alarms, and tells when it may be asked
 * again. After each answer, or when none came, the manager goes on. Lives in the manager's room.
 */
final class Correspondence {
    // Only guards: a primary has a limit of its own, and a request that it still works on must not pile up.
    static final Duration FENCE_LIMIT = Duration.ofSeconds(3);
    static final Duration ZONE_LIMIT = Duration.ofSeconds(5);

    private final Primary primary;
    private final Ticker ticker;
    private final Runnable goOn;
    private final Errand errand;
    private final Alarms alarms;
    private final Backoff backoff;
    private Optional<Instant> lastSuccess = Optional.empty();

    Correspondence(Primary primary, Ticker ticker, Runnable goOn) {
        this.primary = primary;
        this.ticker = ticker;
        this.goOn = goOn;
        errand = new Errand(ticker);
        alarms = new Alarms(ticker);
        backoff = new Backoff(ticker.nanos());
    }

    Alarms alarms() {
        return alarms;
    }

    /** When the primary last answered. */
    Optional<Instant> lastSuccess() {
        return lastSuccess;
    }

    boolean busy() {
        return errand.busy();
    }

    /** When the last request was sent, in monotonic nanoseconds. */
    long began() {
        return errand.began();
    }

    /** How long not to ask; zero or less when it is time. */
    Duration pause(long now) {
        return backoff.left(now);
    }

    /** There is something new to ask. */
    void news() {
        backoff.end(ticker.nanos());
    }

    /** Asks nothing more, and waits for no answer. */
    void end() {
        errand.drop();
    }

    /** Reads some RRsets; {@code failed} runs when that cannot be done now. */
    Next read(Duration limit, Set<RrKey> keys, Consumer<Map<RrKey, RrSet>> then, Runnable failed) {
        errand.run(limit, () -> primary.read(keys), found -> answered(() -> then.accept(found)), error -> {
            failed.run();
            unreadable(error);
        });
        return new Next.Asked();
    }

    /** Sends an update; {@code failed} runs also when it is not known whether it has been applied, or will be. */
    Next update(Update update, Runnable applied, Runnable failed) {
        errand.run(
                ZONE_LIMIT,
                () -> primary.update(update),
                result -> answered(() -> sent(result, applied, failed)),
                error -> {
                    backoff.unanswered();
                    failed.run();
                    unreadable(error);
                });
        return new Next.Asked();
    }

    private void answered(Runnable then) {
        backoff.answered();
        lastSuccess = Optional.of(ticker.now());
        alarms.answered();
        then.run();
        goOn.run();
    }

    private void sent(UpdateResult result, Runnable applied, Runnable failed) {
        alarms.sent(result);
        if (result == UpdateResult.APPLIED) {
            backoff.applied();
            applied.run();
        } else {
            backoff.rejected(result, began());
            failed.run();
        }
    }

    private void unreadable(Throwable error) {
        backoff.unreadable(began());
        alarms.unreadable(error, backoff.isDown());
        goOn.run();
    }
}
