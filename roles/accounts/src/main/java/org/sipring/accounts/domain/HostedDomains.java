package org.sipring.accounts.domain;

import java.util.Optional;
import org.sipring.accounts.Account;

/** The SIP domains that have their users here, as they are at the moment. Callable from any thread. */
public interface HostedDomains {
    /**
     * The platform's own domain.
     *
     * @return the one under whose name the nodes are
     */
    HostedDomain own();

    /**
     * Finds a domain.
     *
     * @param name in lower case
     * @return the domain, or empty where it has no users here
     */
    Optional<HostedDomain> named(String name);

    /**
     * An account as it may be served: users of a disabled domain are disabled.
     *
     * @param account as the store has it
     * @return the same, perhaps disabled; not to be written
     */
    default Account served(Account account) {
        String domain = account.aor().substring(account.aor().lastIndexOf('@') + 1);
        boolean may = !account.enabled()
                || named(domain).filter(HostedDomain::enabled).isPresent();
        return may ? account : account.withEnabled(false);
    }
}
