package org.sipring.accounts.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sipring.sip.digest.DigestAlgorithm;

/** The domains that the store cannot change: the platform's own, and those in the operator's settings. Immutable. */
public final class PinnedDomains implements HostedDomains {
    private final HostedDomain own;
    private final Map<String, HostedDomain> byName;

    /**
     * The domains of a platform.
     *
     * @param own the platform's own
     * @param usual the digest algorithms offered where a domain names none; none at all, on a platform that asks for no
     *     proofs, stands for every one, so that new passwords are of use when it does
     * @param settings further ones
     */
    public PinnedDomains(String own, List<DigestAlgorithm> usual, List<Domain> settings) {
        List<DigestAlgorithm> offered = usual.isEmpty() ? List.of(DigestAlgorithm.values()) : usual;
        this.own = new HostedDomain(own, offered, true, HostedDomain.Source.PLATFORM);
        Map<String, HostedDomain> all = new TreeMap<>();
        settings.forEach(domain -> all.put(domain.name(), hosted(domain, HostedDomain.Source.SETTINGS)));
        all.put(own, this.own);
        byName = Map.copyOf(all);
    }

    private HostedDomain hosted(Domain domain, HostedDomain.Source source) {
        List<DigestAlgorithm> algorithms = domain.algorithms().isEmpty() ? own.algorithms() : domain.algorithms();
        return new HostedDomain(domain.name(), algorithms, domain.enabled(), source);
    }

    /**
     * What a domain of the store is beside these.
     *
     * @param domain as the store has it
     * @return the one of these that has its name, or else itself
     */
    public HostedDomain hosted(Domain domain) {
        return named(domain.name()).orElseGet(() -> hosted(domain, HostedDomain.Source.STORE));
    }

    /**
     * Counts them.
     *
     * @return how many there are
     */
    public int size() {
        return byName.size();
    }

    /** All of them, by name. */
    Map<String, HostedDomain> all() {
        return byName;
    }

    /**
     * Lists them.
     *
     * @param after the name after which to begin; empty to begin with the first
     * @return them, in the order of their names
     */
    public List<HostedDomain> after(String after) {
        return List.copyOf(new TreeMap<>(byName).tailMap(after, false).values());
    }

    @Override
    public HostedDomain own() {
        return own;
    }

    @Override
    public Optional<HostedDomain> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
