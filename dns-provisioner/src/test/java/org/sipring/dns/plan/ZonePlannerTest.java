package org.sipring.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.dns.plan.Views.POLICY;
import static org.sipring.dns.plan.Views.id;
import static org.sipring.dns.plan.Views.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.zone.RrKey;

/** The zone of a view, as a whole in golden files, and rule by rule. */
class ZonePlannerTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void threeReadyNodesOfEqualRoles() {
        Golden.check(
                "three-ready.zone",
                ZonePlanner.plan(Views.ready(1, 2, 3), POLICY).text());
    }

    @Test
    void everyStateAndAddressFamilyAndADepartedNode() {
        View view = Views.of(
                node(1),
                node(2, NodeState.DRAINING),
                node(3, NodeState.JOINING),
                node(4, "2001:db8::4", RoleName.PROXY),
                node(5, "127.0.0.15", RoleName.MANAGER));
        Golden.check(
                "mixed.zone",
                ZonePlanner.plan(view, POLICY, Map.of(id(9), NOON)).text());
    }

    @Test
    void aBusyNodeHasATenthOfItsWeightAndAtLeastOne() {
        View view = Views.of(node(1), node(2).spared(true));
        assertThat(ZonePlanner.plan(view, POLICY)
                        .at(new RrKey("_sip._udp.sipring.test.", "SRV"))
                        .orElseThrow()
                        .data())
                .containsExactly("10 10 5060 n2.sipring.test.", "10 100 5060 n1.sipring.test.");
        assertThat(node(1).spared(true).share()).isEqualTo(10);
        assertThat(new Member(id(1), "192.0.2.1", Set.of(), 5, "1", NodeState.READY, 1, 1, true).share())
                .isEqualTo(1);
    }

    @Test
    void noMembersNoRecords() {
        assertThat(ZonePlanner.plan(Views.of(), POLICY, Map.of(id(9), NOON)).sets())
                .isEmpty();
    }

    @Test
    void aServiceIsPublishedOnlyWhereReadyNodesListenForIt() {
        View managersOnly = Views.of(node(1, "127.0.0.11", RoleName.MANAGER));
        assertThat(names(managersOnly))
                .containsExactlyInAnyOrder(
                        "n1.sipring.test.", "_sipring._tcp.sipring.test.", "_prometheus._tcp.sipring.test.");
    }

    @Test
    void whoAsksForTlsFindsItAndOthersAreSentThereOnlyWhenTheOperatorSaysSo() {
        assertThat(data(Views.ready(1), "_sips._tcp", "SRV")).containsExactly("10 100 5061 n1.sipring.test.");
        assertThat(data(Views.ready(1, 2), "_sips._tcp.n1.edge", "SRV"))
                .containsExactly("10 100 5061 n1.sipring.test.", "20 100 5061 n2.sipring.test.");
        assertThat(ZonePlanner.plan(Views.ready(1), POLICY).text()).doesNotContain("SIPS+D2T");
        ZonePolicy tlsFirst = new ZonePolicy(
                "sipring.test", Duration.ofSeconds(30), 5060, 5061, true, 4080, 4443, 7600, 9464, 9443, 4);
        ZonePlan plan = ZonePlanner.plan(Views.ready(1), tlsFirst);
        assertThat(plan.at(new RrKey("sipring.test.", "NAPTR")).orElseThrow().data())
                .contains("50 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.sipring.test.");
        assertThat(plan.at(key("n1.edge", "NAPTR")).orElseThrow().data()).noneMatch(data -> data.contains("SIPS"));
    }

    @Test
    void browsersFindTheirWebSocketAtTheDomainOnly() {
        assertThat(data(Views.ready(1), "_sip._ws", "SRV")).containsExactly("10 100 4080 n1.sipring.test.");
        assertThat(data(Views.ready(1), "_sips._ws", "SRV")).containsExactly("10 100 4443 n1.sipring.test.");
        ZonePlan plan = ZonePlanner.plan(Views.ready(1), POLICY);
        assertThat(plan.at(new RrKey("sipring.test.", "NAPTR")).orElseThrow().data())
                .contains("120 50 \"s\" \"SIP+D2W\" \"\" _sip._ws.sipring.test.");
        assertThat(names(Views.ready(1))).noneMatch(name -> name.contains("_ws.n1.edge"));
    }

    @Test
    void whoAdministratesAccountsFindsTheNodesThatServeThem() {
        View view = Views.of(
                node(1),
                node(2, "127.0.0.12", RoleName.PROXY, RoleName.PROVISIONING),
                node(3, "2001:db8::3", RoleName.PROVISIONING),
                node(4, "127.0.0.14", RoleName.PROVISIONING).in(NodeState.DRAINING));
        assertThat(data(view, "_provisioning._tcp", "SRV"))
                .containsExactly("10 100 9443 n2.sipring.test.", "10 100 9443 n3.sipring.test.");
        assertThat(data(view, "provisioning", "A")).containsExactly("127.0.0.12");
        assertThat(data(view, "provisioning", "AAAA")).containsExactly("2001:db8::3");
        assertThat(ZonePlanner.plan(view, POLICY)
                        .at(new RrKey("sipring.test.", "NAPTR"))
                        .orElseThrow()
                        .data())
                .noneMatch(data -> data.contains("provisioning"));
        assertThat(names(Views.ready(1))).noneMatch(name -> name.contains("provisioning"));
    }

    @Test
    void aDrainingNodeLeavesTheServicesAndKeepsItsAddressAndItsEdgeName() {
        View view = Views.of(node(1), node(2, NodeState.DRAINING));
        assertThat(data(view, "_sip._udp", "SRV")).containsExactly("10 100 5060 n1.sipring.test.");
        assertThat(data(view, "proxy", "A")).containsExactly("127.0.0.11");
        assertThat(data(view, "n2", "A")).containsExactly("127.0.0.12");
        assertThat(data(view, "_sip._udp.n2.edge", "SRV"))
                .containsExactly("10 100 5060 n2.sipring.test.", "20 100 5060 n1.sipring.test.");
        assertThat(data(view, "_sipring._tcp", "SRV")).hasSize(2);
    }

    @Test
    void aJoiningNodeIsNowhere() {
        assertThat(ZonePlanner.plan(Views.of(node(1), node(2, NodeState.JOINING)), POLICY)
                        .text())
                .doesNotContain("n2");
    }

    @Test
    void anEdgeNameLeadsToItsNodeFirstAndToOtherReadyProxiesSecond() {
        assertThat(data(Views.ready(1, 2, 3), "_sip._tcp.n2.edge", "SRV"))
                .containsExactly(
                        "10 100 5060 n2.sipring.test.", "20 100 5060 n1.sipring.test.", "20 100 5060 n3.sipring.test.");
    }

    @Test
    void anEdgeNameOutlivesItsNodeAndLeadsToTheSurvivors() {
        ZonePlan plan = ZonePlanner.plan(Views.ready(1, 3), POLICY, Map.of(id(2), NOON));
        assertThat(plan.at(key("_sip._udp.n2.edge", "SRV")).orElseThrow().data())
                .containsExactly("20 100 5060 n1.sipring.test.", "20 100 5060 n3.sipring.test.");
        assertThat(plan.at(key("n2.edge", "A")).orElseThrow().data()).containsExactly("127.0.0.11", "127.0.0.13");
        assertThat(plan.sets()).doesNotContainKey(key("n2", "A"));
    }

    @Test
    void weightsFollowCapacity() {
        Member strong =
                new Member(id(1), "127.0.0.11", Set.of(RoleName.PROXY), 400, "0.1", NodeState.READY, 1, 1, false);
        assertThat(data(Views.of(strong), "_sip._udp", "SRV")).containsExactly("10 400 5060 n1.sipring.test.");
    }

    @Test
    void theNumberOfSurvivorsIsBoundedAndTheirLoadSpread() {
        View many = new View(
                1,
                Views.PLATFORM,
                IntStream.range(0, 100)
                        .mapToObj(i -> node(i, "10.0.0." + i, RoleName.PROXY))
                        .toList());
        ZonePlan plan = ZonePlanner.plan(many, POLICY);
        List<String> second = plan.sets().values().stream()
                .filter(set -> set.key().name().startsWith("_sip._udp.n"))
                .flatMap(set -> set.data().stream())
                .filter(data -> data.startsWith("20 "))
                .toList();
        assertThat(second).hasSize(100 * POLICY.survivors());
        assertThat(Set.copyOf(second)).hasSizeGreaterThan(90);
    }

    @Test
    void rolesWithPowerOverThePlatformHaveNoNameForClients() {
        assertThat(names(Views.ready(1)))
                .doesNotContain("manager.sipring.test.")
                .contains("proxy.sipring.test.");
    }

    @Test
    void aMemberWithoutAnIpAddressIsLeftOut() {
        View view = Views.of(node(1), node(2, "host.example", RoleName.PROXY));
        assertThat(ZonePlanner.plan(view, POLICY).text()).doesNotContain("n2");
    }

    private static Set<String> data(View view, String name, String type) {
        return ZonePlanner.plan(view, POLICY).at(key(name, type)).orElseThrow().data();
    }

    private static List<String> names(View view) {
        return ZonePlanner.plan(view, POLICY).sets().keySet().stream()
                .map(RrKey::name)
                .toList();
    }

    private static RrKey key(String name, String type) {
        return new RrKey(POLICY.name(name), type);
    }
}
