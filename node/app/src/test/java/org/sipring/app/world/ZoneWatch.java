package org.sipring.app.world;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.ZoneData;

/** The rules of the zone, asked after each update that took effect. */
final class ZoneWatch {
    private static final RrKey PROXY = new RrKey("proxy.sipring.test.", "A");
    private static final RrKey JOINABLE = new RrKey("_sipring._tcp.sipring.test.", "SRV");
    private static final List<RrKey> PHONES_ASK = List.of(
            PROXY,
            new RrKey("_sip._udp.sipring.test.", "SRV"),
            new RrKey("_sip._tcp.sipring.test.", "SRV"),
            new RrKey("_sips._tcp.sipring.test.", "SRV"),
            new RrKey("_sips._ws.sipring.test.", "SRV"));
    private static final RrKey FENCE = new RrKey("_sipring-epoch.sipring.test.", "TXT");
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** By then whoever asked the others knows who is there, and wrote what it knew before. */
    private static final Duration NEWS = Duration.ofSeconds(5);

    private final Ground ground;
    private final Truth truth;
    private final Set<Life> everReady = new HashSet<>();
    private final Set<NodeId> left = new HashSet<>();
    private long last;
    private Duration lastTime = Duration.ZERO;

    ZoneWatch(Ground ground, Truth truth) {
        this.ground = ground;
        this.truth = truth;
    }

    /** One process of a node. */
    private record Life(NodeId node, long boot) {
        static Life of(Member member) {
            return new Life(member.id(), member.boot());
        }
    }

    /**
     * An update under way.
     *
     * @param number in the order of sending, over all senders
     * @param sender who sent it
     * @param view what its manager went by
     * @param sent when
     * @param company whom the sender could hear then
     * @param calm for how long nothing had happened by then
     */
    record Letter(long number, NodeId sender, View view, Duration sent, Set<NodeId> company, Duration calm) {}

    Letter letter(long number, NodeId sender, View view) {
        return new Letter(number, sender, view, ground.time().elapsed(), truth.company(sender), truth.calm());
    }

    void isReady(NodeId node, long boot) {
        everReady.add(new Life(node, boot));
    }

    void applied(Letter letter, ZoneData before, ZoneData after) {
        ground.trace().say(NameServer.NAME, letter.sender() + " wrote #" + letter.number() + ": " + describe(after));
        inOrder(letter);
        onlyWhoMay(letter, before);
        nobodyByWhoIsCutOff(letter, before, after);
        onlyNodesThatWereReady(letter, before, after);
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

    // More than half of the published nodes, or half with the holder, or nobody wrote for 30 s.
    private void onlyWhoMay(Letter letter, ZoneData before) {
        Set<NodeId> seen = letter.view().members().stream().map(Member::id).collect(Collectors.toSet());
        Set<NodeId> published = published(before, seen);
        int both = common(published, seen).size();
        boolean half =
                2 * both == published.size() && !common(holder(before), seen).isEmpty();
        require(
                published.isEmpty() || 2 * both > published.size() || half || silence(letter),
                letter.sender() + " wrote, seeing " + both + " of " + published);
    }

    // A node that is cut off loses the others one by one. It must not take those out of the zone who go on serving.
    private void nobodyByWhoIsCutOff(Letter letter, ZoneData before, ZoneData after) {
        Set<NodeId> published = published(before, letter.company());
        Set<NodeId> takenOut = common(truth.ready(), named(before, JOINABLE));
        takenOut.removeAll(named(after, JOINABLE));
        boolean most = 2 * common(published, letter.company()).size() >= published.size();
        boolean early = letter.calm().compareTo(NEWS) < 0;
        require(
                takenOut.isEmpty() || most || early || silence(letter),
                letter.sender() + ", cut off from most of " + published + ", took out " + takenOut);
    }

    // Those who left not long ago may count: how long ago that was depends on clocks that may be wrong here.
    private Set<NodeId> published(ZoneData zone, Set<NodeId> seen) {
        Set<NodeId> published = named(zone, JOINABLE);
        published.addAll(common(left, seen));
        return published;
    }

    private static Set<NodeId> common(Set<NodeId> some, Set<NodeId> others) {
        Set<NodeId> common = new HashSet<>(some);
        common.retainAll(others);
        return common;
    }

    private boolean silence(Letter letter) {
        return letter.sent().minus(lastTime).compareTo(SILENCE) >= 0;
    }

    // Who is named anew was ready in the very life that the writer knows of: not in an earlier one of the same name.
    private void onlyNodesThatWereReady(Letter letter, ZoneData before, ZoneData after) {
        Set<NodeId> strangers = members(after);
        strangers.removeAll(members(before));
        letter.view().members().stream()
                .filter(member -> everReady.contains(Life.of(member)))
                .forEach(member -> strangers.remove(member.id()));
        require(strangers.isEmpty(), "the zone names " + strangers + ", never ready");
    }

    private static Set<NodeId> members(ZoneData zone) {
        Set<NodeId> members = named(zone, JOINABLE);
        PHONES_ASK.forEach(services -> members.addAll(named(zone, services)));
        return members;
    }

    private void neverEmpty(ZoneData before, ZoneData after) {
        for (RrKey services : PHONES_ASK) {
            boolean emptied =
                    before.get(services).isPresent() && after.get(services).isEmpty();
            require(
                    !emptied || truth.steadilyReady().isEmpty(),
                    services + " was emptied while there are ready nodes: " + truth.steadilyReady());
        }
    }

    private void require(boolean holds, String rule) {
        ground.judge().require(holds, rule);
    }

    // Node nX has the address 127.0.0.1X.
    private static Set<NodeId> named(ZoneData zone, RrKey services) {
        return zone.get(services).stream()
                .flatMap(set -> set.data().stream())
                .map(data -> new NodeId(
                        data.replaceAll(".* |\\.sipring\\.test\\.", "").replace("127.0.0.1", "n")))
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
