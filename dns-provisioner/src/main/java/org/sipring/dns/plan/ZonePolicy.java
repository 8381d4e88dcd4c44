package org.sipring.dns.plan;

import java.time.Duration;
import java.util.Locale;
import org.sipring.api.NodeId;
import org.sipring.dns.zone.RrKey;

/**
 * What the operator decides of the zone, and the names that follow from it.
 *
 * @param domain the SIP domain, without the last dot
 * @param ttl of every record that Sipring writes, in whole seconds
 * @param sipPort where proxies listen, UDP and TCP
 * @param sipsPort where proxies listen for TLS
 * @param preferSips whether phones that leave it to DNS are sent to TLS first: those that do not trust what they see there
 *     fail, and do not come back by another transport
 * @param webPort where proxies listen for browsers, WebSocket
 * @param secureWebPort where proxies listen for browsers, WebSocket under TLS
 * @param overlayPort where nodes can be joined
 * @param metricsPort where Prometheus scrapes
 * @param provisioningPort where accounts are administrated, HTTPS
 * @param survivors how many other proxies an edge name lists at most; a bound, because every node has an edge name
 */
public record ZonePolicy(
        String domain,
        Duration ttl,
        int sipPort,
        int sipsPort,
        boolean preferSips,
        int webPort,
        int secureWebPort,
        int overlayPort,
        int metricsPort,
        int provisioningPort,
        int survivors) {
    /** Checks and lowers the domain (RFC 4343). */
    public ZonePolicy {
        domain = domain.toLowerCase(Locale.ROOT);
        if (domain.isEmpty() || domain.endsWith(".") || domain.startsWith(".")) {
            throw new IllegalArgumentException(
                    "domain '" + domain + "': write it like sipring.test, without dots around");
        }
    }

    /**
     * The policy of an ordinary platform: TTL 30 s, SIP 5060, TLS 5061 for those who ask for it, WebSocket 4080 and 4443, overlay 7600, metrics 9464, provisioning 9443, four survivors.
     *
     * @param domain the SIP domain
     * @return the policy
     */
    public static ZonePolicy ordinary(String domain) {
        return new ZonePolicy(domain, Duration.ofSeconds(30), 5060, 5061, false, 4080, 4443, 7600, 9464, 9443, 4);
    }

    /**
     * The domain as an owner name.
     *
     * @return the domain with its last dot
     */
    public String apex() {
        return domain + ".";
    }

    /**
     * A name below the domain.
     *
     * @param relative without the domain, such as {@code _sip._udp}
     * @return the absolute name
     */
    public String name(String relative) {
        return relative + "." + apex();
    }

    /**
     * A node's own name.
     *
     * @param node the node
     * @return {@code n4.DOMAIN.}
     */
    public String node(NodeId node) {
        return name(node.value());
    }

    /**
     * The name that a node writes into Record-Route.
     *
     * @param node the node
     * @return {@code n4.edge.DOMAIN.}
     */
    public String edge(NodeId node) {
        return name(node.value() + ".edge");
    }

    /**
     * Where the fence is.
     *
     * @return {@code _sipring-epoch.DOMAIN. TXT}
     */
    public RrKey fence() {
        return new RrKey(name("_sipring-epoch"), "TXT");
    }

    /**
     * The nodes that can be joined.
     *
     * @return {@code _sipring._tcp.DOMAIN. SRV}
     */
    public RrKey joinable() {
        return new RrKey(name("_sipring._tcp"), "SRV");
    }

    /**
     * The start of authority.
     *
     * @return {@code DOMAIN. SOA}
     */
    public RrKey soa() {
        return new RrKey(apex(), "SOA");
    }

    /** The RRsets that Sipring owns, apart from those of single nodes. */
    RrKey registry() {
        return new RrKey(name("_sipring-owned"), "TXT");
    }

    /** The nodes that have a registry of their own. */
    RrKey roster() {
        return new RrKey(name("_sipring-nodes"), "TXT");
    }

    /** The RRsets that Sipring owns for one node. */
    RrKey registry(NodeId node) {
        return new RrKey("_sipring-owned." + edge(node), "TXT");
    }
}
