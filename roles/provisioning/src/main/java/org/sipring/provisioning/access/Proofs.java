package org.sipring.provisioning.access;

import java.util.function.LongSupplier;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.api.Chance;

/**
 * How subscribers prove who they are.
 *
 * @param domains theirs
 * @param chance makes nonces
 * @param nanos monotonic time, from any thread
 */
public record Proofs(HostedDomains domains, Chance chance, LongSupplier nanos) {}
