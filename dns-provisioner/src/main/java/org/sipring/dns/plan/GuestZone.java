package org.sipring.dns.plan;

import java.util.List;

/**
 * What the zone of another domain must say so that its users are found on the platform: RFC 3263. The zone is its owner's,
 * and nobody here writes to it; what it says need never change, for it leads to names in the platform's own zone. Pure.
 *
 * @param policy the operator's decisions of the platform's own zone
 * @param domain the other domain, without its last dot
 */
public record GuestZone(ZonePolicy policy, String domain) {
    /**
     * What leads to the platform.
     *
     * @return records in the form of zone files, RFC 1035 section 5.1
     */
    public List<String> records() {
        return List.of(
                pointer(90, "SIP+D2T", "_sip._tcp"),
                pointer(100, "SIP+D2U", "_sip._udp"),
                service("_sip._tcp", policy.sipPort()),
                service("_sip._udp", policy.sipPort()));
    }

    /**
     * What leads there by TLS: of use once nodes have a certificate that names the domain.
     *
     * @return records in the form of zone files
     */
    public List<String> secureRecords() {
        return List.of(pointer(50, "SIPS+D2T", "_sips._tcp"), service("_sips._tcp", policy.sipsPort()));
    }

    // RFC 3263 section 4.1 lets it name the services of another domain, which follow that one's nodes by themselves.
    private String pointer(int order, String service, String name) {
        return domain + ". IN NAPTR " + order + " 50 \"s\" \"" + service + "\" \"\" " + policy.name(name);
    }

    // For who asks for no NAPTR records.
    private String service(String name, int port) {
        return name + '.' + domain + ". IN SRV 10 100 " + port + ' ' + policy.name("proxy");
    }
}
