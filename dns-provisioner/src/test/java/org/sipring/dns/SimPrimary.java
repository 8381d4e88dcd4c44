package org.sipring.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.plan.Views;
import org.sipring.dns.zone.NoKeyException;
import org.sipring.dns.zone.NotAuthenticException;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.Rcode;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.dns.zone.ZoneData;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimHost;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** A primary name server in simulated time, behind a network that loses, delays and repeats what a test wants. */
final class SimPrimary {
    private final SimChance chance;
    private final SimTicker server;
    private final List<Applied> applied = new ArrayList<>();
    private ZoneData zone = ZoneData.fresh("sipring.test.", 1);
    private int sent;

    /** Percent of requests lost on the way to the server. */
    int lost;

    /** Percent of answers lost on the way back. */
    int unanswered;

    /** Percent of updates that arrive late: up to a minute. */
    int late;

    /** Percent of updates that arrive again, up to a minute later. */
    int repeated;

    /** Whether packets vanish. */
    boolean down;

    /** Whether the server rejects the signature of queries. */
    boolean wrongKey;

    /** Whether there is no key to sign with. */
    boolean noKey;

    /** What the server answers to updates, instead of looking at them. */
    @Nullable
    UpdateResult verdict;

    /** What the server makes of an update before it applies it. */
    Function<Update, Update> sabotage = update -> update;

    SimPrimary(SimTime time, SimChance chance) {
        this.chance = chance;
        this.server = time.ticker();
    }

    /**
     * One update that took effect.
     *
     * @param number in the order of sending
     * @param sender who sent it
     * @param update what it was
     */
    record Applied(int number, SimHost sender, Update update) {}

    ZoneData zone() {
        return zone;
    }

    Optional<RrSet> at(String name, String type) {
        return zone.get(new RrKey(name, type));
    }

    Optional<FenceText> fence() {
        return zone.get(Views.POLICY.fence()).flatMap(FenceText::parse);
    }

    List<Applied> applied() {
        return applied;
    }

    /** Somebody else changes the zone. */
    void edit(Update.Change... changes) {
        zone = zone.apply(new Update(List.of(), List.of(changes))).zone();
    }

    /** Restores the zone of an earlier moment. */
    void restore(ZoneData earlier) {
        zone = earlier;
    }

    /** The server as a process on this host sees it. */
    Primary seenBy(SimHost client) {
        return new Primary() {
            @Override
            public CompletionStage<Map<RrKey, RrSet>> read(Set<RrKey> keys) {
                if (wrongKey) {
                    return CompletableFuture.failedFuture(new NotAuthenticException("BADKEY"));
                }
                if (noKey) {
                    return CompletableFuture.failedFuture(new NoKeyException("no key"));
                }
                return ask(client, chance.percent(lost), Duration.ofMillis(1), () -> found(keys));
            }

            @Override
            public CompletionStage<UpdateResult> update(Update update) {
                int number = ++sent;
                if (chance.percent(repeated)) {
                    server.after(minute(), () -> take(number, client, update));
                }
                Duration delay = chance.percent(late) ? minute() : Duration.ofMillis(1);
                return ask(client, chance.percent(lost), delay, () -> take(number, client, update));
            }
        };
    }

    private Duration minute() {
        return Duration.ofMillis(chance.below(60_000));
    }

    private <T> CompletionStage<T> ask(SimHost client, boolean vanishes, Duration delay, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean silent = chance.percent(unanswered);
        if (!vanishes && !down) {
            server.after(delay, () -> {
                T result = work.get();
                if (!silent && !down) {
                    client.ticker().after(Duration.ofMillis(1), () -> answer.complete(result));
                }
            });
        }
        return answer;
    }

    private Map<RrKey, RrSet> found(Set<RrKey> keys) {
        Map<RrKey, RrSet> found = new HashMap<>();
        keys.forEach(key -> zone.get(key).ifPresent(set -> found.put(key, set)));
        return found;
    }

    private UpdateResult take(int number, SimHost sender, Update update) {
        if (verdict != null) {
            return verdict;
        }
        ZoneData.Verdict result = zone.apply(sabotage.apply(update));
        if (result.rcode() != Rcode.NOERROR) {
            return UpdateResult.PREREQUISITE_FAILED;
        }
        zone = result.zone();
        applied.add(new Applied(number, sender, update));
        return UpdateResult.APPLIED;
    }
}
