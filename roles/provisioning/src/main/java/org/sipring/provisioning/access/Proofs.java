package org.sipring.provisioning.access;

import java.util.Map;
import java.util.function.LongSupplier;
import org.sipring.api.Chance;
import org.sipring.provisioning.form.HostedDomain;

/**
 * How subscribers prove who they are.
 *
 * @param domains theirs, by name
 * @param chance makes nonces
 * @param nanos monotonic time, from any thread
 */
public record Proofs(Map<String, HostedDomain> domains, Chance chance, LongSupplier nanos) {
    /** Copies. */
    public Proofs {
        domains = Map.copyOf(domains);
    }
}
