package org.sipring.accounts.domain;

import java.util.Optional;

/**
 * The domains as this node's copy of the store has them at the very moment: for who has just caught up. Throws what the
 * store throws while there is no copy.
 *
 * @param pinned those that the store cannot change
 * @param domains those of the store
 */
public record StoredDomains(PinnedDomains pinned, DomainStore domains) implements HostedDomains {
    @Override
    public HostedDomain own() {
        return pinned.own();
    }

    @Override
    public Optional<HostedDomain> named(String name) {
        return pinned.named(name)
                .or(() -> domains.stored(name).map(DomainStore.Stored::domain).map(pinned::hosted));
    }
}
