package org.sipring.accounts.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The domains for who asks with every message: in memory, renewed when the store changes, which the other nodes hear of at
 * once. Asking never blocks; the threads that tell of changes take turns.
 */
public final class LiveDomains implements HostedDomains, Store.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(LiveDomains.class);

    private final PinnedDomains pinned;
    private final DomainStore domains;
    // Never changed, only replaced.
    private volatile Map<String, HostedDomain> now;

    private LiveDomains(PinnedDomains pinned, DomainStore domains) {
        this.pinned = pinned;
        this.domains = domains;
        now = pinned.all();
    }

    /**
     * Reads all domains, and follows them from then on.
     *
     * @param pinned those that the store cannot change
     * @param domains those of the store, which must be readable
     * @return the view
     */
    public static LiveDomains open(PinnedDomains pinned, DomainStore domains) {
        LiveDomains opened = new LiveDomains(pinned, domains);
        // First, so that no change falls between.
        domains.watch(opened);
        opened.readAll();
        return opened;
    }

    @Override
    public void allChanged() {
        whenReadable(this::readAll);
    }

    @Override
    public void changed(String key) {
        whenReadable(() -> read(key));
    }

    // Where there is no copy now, all is told as changed when there is one.
    private static void whenReadable(Runnable reading) {
        try {
            reading.run();
        } catch (StoreNotOpenException unreadable) {
            LOG.debug("domains stay as they are", unreadable);
        }
    }

    private synchronized void readAll() {
        Map<String, HostedDomain> all = new HashMap<>(pinned.all());
        domains.names().forEach(name -> renew(all, name));
        now = Map.copyOf(all);
    }

    private synchronized void read(String name) {
        Map<String, HostedDomain> all = new HashMap<>(now);
        all.remove(name);
        renew(all, name);
        now = Map.copyOf(all);
    }

    private void renew(Map<String, HostedDomain> all, String name) {
        try {
            pinned.named(name)
                    .or(() -> domains.stored(name).map(stored -> pinned.hosted(stored.domain())))
                    .ifPresent(domain -> all.put(name, domain));
        } catch (IllegalArgumentException unreadable) {
            // The others are served all the same, and this one as it was.
            LOG.error("domain {} cannot be read: {}", name, unreadable.getMessage());
            named(name).ifPresent(before -> all.put(name, before));
        }
    }

    @Override
    public HostedDomain own() {
        return pinned.own();
    }

    @Override
    public Optional<HostedDomain> named(String name) {
        return Optional.ofNullable(now.get(name));
    }
}
