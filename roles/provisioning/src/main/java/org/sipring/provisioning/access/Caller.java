package org.sipring.provisioning.access;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Who asks, proved.
 *
 * @param name for the audit log, such as {@code certificate n1}
 * @param account the one account that the caller may use; empty for an operator, who may use all
 * @param certificate what an operator has shown; empty for who proved it otherwise
 */
public record Caller(String name, Optional<String> account, Optional<X509Certificate> certificate) {
    /** Whoever asks for what everybody may see. */
    public static final Caller ANYBODY = new Caller("anybody", Optional.of(""));

    /**
     * Somebody who has shown no certificate.
     *
     * @param name for the audit log, such as {@code token t1}
     * @param account the one account that the caller may use; empty for an operator
     */
    public Caller(String name, Optional<String> account) {
        this(name, account, Optional.empty());
    }

    /**
     * Tells whether the caller may do everything.
     *
     * @return true for operators
     */
    public boolean operator() {
        return account.isEmpty();
    }

    /**
     * Tells whether the caller may use an account.
     *
     * @param aor the account's address-of-record
     * @return true for operators, and for its own subscriber
     */
    public boolean mayUse(String aor) {
        return operator() || account.get().equals(aor);
    }
}
