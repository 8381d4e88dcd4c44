package org.sipring.dns.plan;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.Hash;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.zone.Address;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;

/**
 * From a view to the zone. Pure: equal views and policies give equal plans on every node.
 *
 * <p>A service is published only where ready nodes listen for it. A draining node takes nothing new: it leaves the
 * services and role names, and keeps its address, its edge name and its place among the nodes that can be joined. A
 * joining node is nowhere. Who is busy gets a share of its weight only.
 */
public final class ZonePlanner {
    private static final String TLS = "_sips._tcp";
    private static final List<String> TRANSPORTS = List.of(TLS, "_sip._tcp", "_sip._udp");
    // No standard names the services of WebSocket: these are the platform's, and NAPTR leads to them (RFC 7118).
    private static final String WS = "_sip._ws";
    private static final String WSS = "_sips._ws";
    private static final int FIRST = 10;
    private static final int SECOND = 20;

    private final View view;
    private final ZonePolicy policy;
    private final NavigableMap<String, Member> circle;
    private final SortedMap<RrKey, Set<String>> draft = new TreeMap<>();

    private ZonePlanner(View view, ZonePolicy policy) {
        this.view = view;
        this.policy = policy;
        this.circle = circle(serving(RoleName.PROXY));
    }

    /**
     * Plans the zone of a platform that no node ever left.
     *
     * @param view the members
     * @param policy the operator's decisions
     * @return every RRset that Sipring wants
     */
    public static ZonePlan plan(View view, ZonePolicy policy) {
        return plan(view, policy, Map.of());
    }

    /**
     * Plans the zone.
     *
     * @param view the members
     * @param policy the operator's decisions
     * @param departed nodes that left not long ago: their edge names lead to the survivors
     * @return every RRset that Sipring wants
     */
    public static ZonePlan plan(View view, ZonePolicy policy, Map<NodeId, Instant> departed) {
        ZonePlanner planner = new ZonePlanner(view, policy);
        planner.nodes();
        planner.sip();
        planner.provisioning();
        planner.roles();
        planner.edges(departed.keySet());
        return planner.plan(new TreeMap<>(departed));
    }

    /** Tells whether DNS may name a member at all: it is, or was, in service and can still be reached. */
    static boolean listed(Member member) {
        return member.state() != NodeState.JOINING
                && Address.parse(member.address()).isPresent();
    }

    /** Tells whether a member's edge name leads to itself. */
    static boolean holdsEdge(Member member) {
        return listed(member) && member.roles().contains(RoleName.PROXY);
    }

    private List<Member> serving(RoleName role) {
        return view.serving(role).stream().filter(ZonePlanner::listed).toList();
    }

    private List<Member> listed() {
        return view.members().stream().filter(ZonePlanner::listed).toList();
    }

    private void nodes() {
        listed().forEach(node -> address(policy.node(node.id()), node));
        services(policy.name("_sipring._tcp"), FIRST, listed(), policy.overlayPort());
        services(policy.name("_prometheus._tcp"), FIRST, listed(), policy.metricsPort());
    }

    private void sip() {
        List<Member> proxies = serving(RoleName.PROXY);
        TRANSPORTS.forEach(transport -> services(policy.name(transport), FIRST, proxies, port(transport)));
        services(policy.name(WS), FIRST, proxies, policy.webPort());
        services(policy.name(WSS), FIRST, proxies, policy.secureWebPort());
        if (!proxies.isEmpty()) {
            pointers(policy.apex());
            preference(policy.apex());
            add(policy.apex(), "NAPTR", "120 50 \"s\" \"SIP+D2W\" \"\" " + policy.name(WS));
        }
    }

    private void provisioning() {
        services(policy.name("_provisioning._tcp"), FIRST, serving(RoleName.PROVISIONING), policy.provisioningPort());
    }

    /** One name a role, for clients without SRV. Roles with power over the platform are no service to clients. */
    private void roles() {
        view.members().stream()
                .filter(member -> member.state() == NodeState.READY)
                .flatMap(member -> member.roles().stream())
                .filter(RoleName::coveredByWildcard)
                .distinct()
                .forEach(role -> serving(role).forEach(node -> address(policy.name(role.value()), node)));
    }

    private void edges(Set<NodeId> departed) {
        Set<NodeId> gone = new HashSet<>(departed);
        for (Member member : view.members()) {
            if (holdsEdge(member)) {
                gone.remove(member.id());
                edge(member.id(), List.of(member));
            }
        }
        gone.forEach(node -> edge(node, List.of()));
    }

    private void edge(NodeId node, List<Member> itself) {
        String name = policy.edge(node);
        List<Member> others = survivors(node);
        if (itself.isEmpty() && others.isEmpty()) {
            return;
        }
        pointers(name);
        for (String transport : TRANSPORTS) {
            services(transport + "." + name, FIRST, itself, port(transport));
            services(transport + "." + name, SECOND, others, port(transport));
        }
        (itself.isEmpty() ? others : itself).forEach(member -> address(name, member));
    }

    /**
     * The proxies that stand in for a node: the few that follow it on a hash circle. So the load of a dead node is
     * spread differently for each node, and a change of one proxy touches few edge names.
     */
    private List<Member> survivors(NodeId node) {
        String place = place(node);
        return Stream.concat(
                        circle.tailMap(place, false).values().stream(), circle.headMap(place, false).values().stream())
                .limit(policy.survivors())
                .toList();
    }

    private static NavigableMap<String, Member> circle(List<Member> proxies) {
        return proxies.stream()
                .collect(Collectors.toMap(
                        member -> place(member.id()), member -> member, (one, other) -> one, TreeMap::new));
    }

    private static String place(NodeId node) {
        return String.format("%016x/%s", Hash.of(node.value()), node);
    }

    private void address(String name, Member member) {
        Address.parse(member.address()).ifPresent(address -> add(name, address.type(), address.text()));
    }

    private void services(String name, int priority, List<Member> members, int port) {
        for (Member member : members) {
            add(name, "SRV", priority + " " + member.share() + " " + port + " " + policy.node(member.id()));
        }
    }

    private int port(String transport) {
        return transport.equals(TLS) ? policy.sipsPort() : policy.sipPort();
    }

    /**
     * RFC 3263 section 4.1: TLS before all else. Not for edge names: whoever came by TLS is told so in the Record-Route,
     * and who came by another transport is not to change it within a dialog.
     */
    private void preference(String name) {
        if (policy.preferSips()) {
            add(name, "NAPTR", "50 50 \"s\" \"SIPS+D2T\" \"\" " + TLS + "." + name);
            add(name, "NAPTR", "110 50 \"s\" \"SIPS+D2W\" \"\" " + WSS + "." + name);
        }
    }

    /** RFC 3263 section 4.1, with the order of its example: TCP first, UDP for those who have nothing else. */
    private void pointers(String name) {
        add(name, "NAPTR", "90 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp." + name);
        add(name, "NAPTR", "100 50 \"s\" \"SIP+D2U\" \"\" _sip._udp." + name);
    }

    private void add(String name, String type, String data) {
        draft.computeIfAbsent(new RrKey(name, type), key -> new TreeSet<>()).add(data);
    }

    private ZonePlan plan(SortedMap<NodeId, Instant> departed) {
        long ttl = policy.ttl().toSeconds();
        SortedMap<RrKey, RrSet> sets = draft.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new RrSet(entry.getKey(), ttl, new TreeSet<>(entry.getValue())),
                        (one, other) -> one,
                        TreeMap::new));
        return new ZonePlan(sets, departed);
    }
}
