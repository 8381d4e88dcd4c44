package org.sipring.app.world;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.dns.RrKey;
import org.sipring.dns.RrSet;
import org.sipring.dns.ZoneData;

/** The rules of the zone, asked after each update that took effect. */
final class ZoneWatch {
    private static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");
    private static final RrKey JOINABLE = new RrKey("_sipring._tcp.sipring.test.", "SRV");
    private static final RrKey FENCE = new RrKey("_sipring-epoch.sipring.test.", "TXT");
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Ground ground;
    private final Supplier<Set<NodeId>> steadilyReady;
    private final Set<NodeId> everReady = new HashSet<>();
    private final Set<NodeId> left = new HashSet<>();
    private long last;
    private Duration lastTime = Duration.ZERO;

    /** Needs to know who has been ready for so long, in touch with everybody, that every manager knows. */
    ZoneWatch(Ground ground, Supplier<Set<NodeId>> steadilyReady) {
        this.ground = ground;
        this.steadilyReady = steadilyReady;
    }

    /**
     * An update under way.
     *
     * @param number in the order of sending, over all senders
     * @param sender who sent it
     * @param view what its manager went by
     * @param sent when
     */
    record Letter(long number, NodeId sender, View view, Duration sent) {}

    Letter letter(long number, NodeId sender, View view) {
        return new Letter(number, sender, view, ground.time().elapsed());
    }

    void isReady(NodeId node) {
        everReady.add(node);
    }

    void applied(Letter letter, ZoneData before, ZoneData after) {
        ground.trace().say(NameServer.NAME, letter.sender() + " wrote #" + letter.number() + ": " + describe(after));
        inOrder(letter);
        onlyWhoMay(letter, before);
        onlyNodesThatWereReady(after);
        neverEmpty(before, after);
        left.addAll(named(before, JOINABLE));
        left.removeAll(named(after, JOINABLE));
        last = letter.number();
        lastTime = ground.time().elapsed();
    }

    private void inOrder(Letter letter) {
        require(
                letter.number() > last,
                "update #" + letter.number() + " took effect after #" + last + ", which came later");
    }

    // More than half of the published nodes, or half with the holder, or nobody wrote for 30 s. Those who left not long
    // ago may count as published: how long ago that was depends on clocks that may be wrong here.
    private void onlyWhoMay(Letter letter, ZoneData before) {
        Set<NodeId> published = named(before, JOINABLE);
        left.stream().filter(node -> letter.view().member(node).isPresent()).forEach(published::add);
        long seen = published.stream()
                .filter(node -> letter.view().member(node).isPresent())
                .count();
        boolean half = 2 * seen == published.size()
                && holder(before).stream()
                        .anyMatch(node -> letter.view().member(node).isPresent());
        boolean silence = letter.sent().minus(lastTime).compareTo(SILENCE) >= 0;
        require(
                published.isEmpty() || 2 * seen > published.size() || half || silence,
                letter.sender() + " wrote, seeing " + seen + " of " + published);
    }

    private void onlyNodesThatWereReady(ZoneData zone) {
        Set<NodeId> strangers = named(zone, JOINABLE);
        strangers.removeAll(everReady);
        require(strangers.isEmpty(), "the zone names " + strangers + ", never ready");
    }

    private void neverEmpty(ZoneData before, ZoneData after) {
        boolean emptied = before.get(PROXY).isPresent() && after.get(PROXY).isEmpty();
        require(
                !emptied || steadilyReady.get().isEmpty(),
                "the proxies were taken out while there are ready ones: " + steadilyReady.get());
    }

    private void require(boolean holds, String rule) {
        ground.judge().require(holds, rule);
    }

    private static Set<NodeId> named(ZoneData zone, RrKey services) {
        return zone.get(services).stream()
                .flatMap(set -> set.data().stream())
                .map(data -> new NodeId(data.replaceAll(".* |\\.sipring\\.test\\.", "")))
                .collect(Collectors.toCollection(HashSet::new));
    }

    // "v1 platform epoch seq holder nonce"
    private static Set<NodeId> holder(ZoneData zone) {
        return zone.get(FENCE).stream()
                .map(set -> new NodeId(set.data().first().split(" ", -1)[4]))
                .collect(Collectors.toSet());
    }

    private static String describe(ZoneData zone) {
        return texts(zone, PROXY) + " " + texts(zone, FENCE);
    }

    private static String texts(ZoneData zone, RrKey key) {
        return zone.get(key).map(RrSet::data).map(Object::toString).orElse("[]");
    }
}
