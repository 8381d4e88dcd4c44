package org.sipring.app.world;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.Rcode;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.dns.zone.ZoneData;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimHost;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;

/**
 * The zone's primary behind a network that nobody may trust: requests and answers are lost, updates come late or a
 * second time, and the server may be away for minutes.
 */
final class NameServer {
    /** The server's name in the network. */
    static final NodeId NAME = new NodeId("primary");

    private static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");
    private static final Duration LATEST = Duration.ofSeconds(60);

    private final SimHost host;
    private final SimNetwork network;
    private final SimChance chance;
    private final ZoneWatch watch;
    private ZoneData zone;
    private Manners manners = Manners.GOOD;
    private boolean away;
    private long sent;

    NameServer(SimHost host, SimNetwork network, SimChance chance, ZoneWatch watch) {
        this.host = host;
        this.network = network;
        this.chance = chance;
        this.watch = watch;
        this.zone = ZoneData.fresh("sipring.test.", 1);
        network.connect(NAME, host);
    }

    /**
     * How updates are treated on their way.
     *
     * @param late how many of a hundred come late, up to a minute
     * @param repeated how many of a hundred come a second time, up to a minute later
     * @param unanswered how many answers of a hundred are lost
     */
    record Manners(int late, int repeated, int unanswered) {
        static final Manners GOOD = new Manners(0, 0, 0);
        static final Manners BAD = new Manners(10, 20, 10);
    }

    void behave(Manners next) {
        manners = next;
    }

    /** The machine is off: requests get lost. */
    void off() {
        away = true;
    }

    /** The process hangs: requests wait. */
    void hang() {
        host.hang();
    }

    void back() {
        away = false;
        host.resume();
    }

    ZoneData zone() {
        return zone;
    }

    /** The addresses that phones are led to. */
    Set<String> proxies() {
        return zone.get(PROXY).<Set<String>>map(RrSet::data).orElse(Set.of());
    }

    /** The server as a manager sees it; and the view by which that manager acts. */
    Primary seenBy(SimNode client, Supplier<View> view) {
        return new Primary() {
            @Override
            public CompletionStage<Map<RrKey, RrSet>> read(Set<RrKey> keys) {
                return ask(client, Duration.ZERO, () -> find(keys));
            }

            @Override
            public CompletionStage<UpdateResult> update(Update update) {
                ZoneWatch.Letter letter = watch.letter(++sent, client.self(), view.get());
                if (chance.percent(manners.repeated())) {
                    ask(client, later(), () -> take(letter, update));
                }
                Duration delay = chance.percent(manners.late()) ? later() : Duration.ZERO;
                return ask(client, delay, () -> take(letter, update));
            }
        };
    }

    private Duration later() {
        return Duration.ofMillis(chance.below((int) LATEST.toMillis()));
    }

    // The delay is the network's: it passes also when the client dies meanwhile.
    private <T> CompletionStage<T> ask(SimNode client, Duration delay, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        network.send(client.self(), NAME, () -> host.ticker().after(delay, () -> serve(client, work, answer)));
        return answer;
    }

    private <T> void serve(SimNode client, Supplier<T> work, CompletableFuture<T> answer) {
        if (away) {
            return;
        }
        T result = work.get();
        if (!chance.percent(manners.unanswered())) {
            network.send(NAME, client.self(), () -> answer.complete(result));
        }
    }

    private Map<RrKey, RrSet> find(Set<RrKey> keys) {
        Map<RrKey, RrSet> found = new HashMap<>();
        keys.forEach(key -> zone.get(key).ifPresent(set -> found.put(key, set)));
        return found;
    }

    private UpdateResult take(ZoneWatch.Letter letter, Update update) {
        ZoneData.Verdict verdict = zone.apply(update);
        if (verdict.rcode() != Rcode.NOERROR) {
            return UpdateResult.PREREQUISITE_FAILED;
        }
        ZoneData before = zone;
        zone = verdict.zone();
        watch.applied(letter, before, zone);
        return UpdateResult.APPLIED;
    }
}
