package org.sipring.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Ring;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.app.process.Release;
import org.sipring.dns.Alarm;
import org.sipring.dns.DnsState;
import org.sipring.proxy.defence.Ban;
import org.sipring.store.raft.Keepers;

/** Writes the status document that {@code docs/status.schema.json} describes. Pure. */
final class StatusReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BANS = 100;

    private StatusReport() {}

    /**
     * What a node knows at one moment.
     *
     * @param domain the platform's SIP domain
     * @param self the node
     * @param view its view
     * @param tableSafe whether a crash now would lose nothing
     * @param store how its store is
     * @param dns the platform's DNS
     * @param alarms the node's own alarms
     * @param bans who is not heard by the proxies
     */
    record Facts(
            String domain,
            NodeId self,
            View view,
            boolean tableSafe,
            StoreState store,
            DnsState dns,
            List<String> alarms,
            List<Ban> bans) {}

    static byte[] write(Facts facts) {
        ObjectNode root = JSON.createObjectNode();
        root.put("domain", facts.domain())
                .put("platform", facts.view().platform())
                .put("node", facts.self().value())
                .put("version", Release.version());
        root.putObject("view")
                .put("seq", facts.view().seq())
                .put("id", "%016x".formatted(facts.view().id()));
        members(root.putArray("members"), facts.view());
        root.put(
                "manager",
                facts.view()
                        .oldestServing(RoleName.MANAGER)
                        .map(member -> member.id().value())
                        .orElse(null));
        root.put("tableSafe", facts.tableSafe());
        store(root.putObject("store"), facts.store());
        dns(root.putObject("dns"), facts.dns());
        ArrayNode alarms = root.putArray("alarms");
        facts.alarms().forEach(alarms::add);
        bans(root.putObject("bans"), facts.bans());
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void members(ArrayNode array, View view) {
        Ring ring = Ring.of(view, RoleName.PROXY);
        for (Member member : view.members()) {
            ObjectNode node = array.addObject();
            node.put("id", member.id().value()).put("address", member.address());
            ArrayNode roles = node.putArray("roles");
            member.roles().stream().map(RoleName::value).sorted().forEach(roles::add);
            node.put("state", member.state().name().toLowerCase(Locale.ROOT))
                    .put("version", member.version())
                    .put("weight", member.weight())
                    .put("busy", member.busy())
                    .put("ringShare", ring.share(member.id()));
        }
    }

    private static void store(ObjectNode node, StoreState store) {
        node.put("durable", store.durable()).put("readable", store.readable());
        ArrayNode keptBy = node.putArray("keptBy");
        store.keptBy().forEach(keeper -> keptBy.add(keeper.value()));
        node.put(
                "leader",
                store.keepers().flatMap(Keepers::leader).map(NodeId::value).orElse(null));
        ArrayNode replacing = node.putArray("replacing");
        store.replacing().forEach(leaving -> replacing.add(leaving.value()));
    }

    private static void bans(ObjectNode node, List<Ban> bans) {
        node.put("count", bans.size());
        ArrayNode listed = node.putArray("listed");
        bans.stream().limit(MOST_BANS).forEach(ban -> listed.add(ban(ban)));
    }

    /** One ban, as the status document and the list of bans have it. */
    static ObjectNode ban(Ban ban) {
        return JSON.createObjectNode()
                .put("source", ban.address())
                .put("until", ban.end().toString())
                .put("reason", ban.why());
    }

    private static void dns(ObjectNode node, DnsState dns) {
        node.put("holder", dns.holder().map(NodeId::value).orElse(null))
                .put("epoch", dns.epoch())
                .put("seq", dns.seq())
                .put("inSync", dns.inSync())
                .put("reporter", dns.reporter().value())
                .put("activity", dns.activity());
        ArrayNode alarms = node.putArray("alarms");
        dns.alarms().stream().map(Alarm::text).forEach(alarms::add);
    }
}
