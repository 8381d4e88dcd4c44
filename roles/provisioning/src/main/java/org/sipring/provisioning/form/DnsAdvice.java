package org.sipring.provisioning.form;

import java.util.List;

/**
 * What the owner of a domain must have in its zone.
 *
 * @param records what leads to the platform, in the form of zone files
 * @param secure what leads there by TLS
 */
public record DnsAdvice(List<String> records, List<String> secure) {
    /** Copies. */
    public DnsAdvice {
        records = List.copyOf(records);
        secure = List.copyOf(secure);
    }
}
