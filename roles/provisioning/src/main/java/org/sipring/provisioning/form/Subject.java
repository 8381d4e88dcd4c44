package org.sipring.provisioning.form;

import java.util.Optional;
import org.sipring.accounts.Account;
import org.sipring.accounts.domain.HostedDomain;

/**
 * Whom a document is about.
 *
 * @param domain of the account
 * @param user its user name
 * @param present the account as it is; empty for a new one
 */
public record Subject(HostedDomain domain, String user, Optional<Account> present) {
    /**
     * The account's address.
     *
     * @return the address-of-record
     */
    public String aor() {
        return user + '@' + domain.name();
    }
}
