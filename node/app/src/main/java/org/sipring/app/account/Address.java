package org.sipring.app.account;

import org.sipring.app.process.CommandFailure;

/**
 * An account's address.
 *
 * @param user before the @
 * @param domain behind it, in lower case
 */
public record Address(String user, String domain) {
    private static final String SCHEME = "sip:";

    /**
     * Reads an address.
     *
     * @param text as an operator writes it, perhaps as a SIP URI
     * @return its parts
     * @throws CommandFailure when it has no domain
     */
    public static Address of(String text) {
        String bare = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        int at = bare.lastIndexOf('@');
        if (at < 1 || at == bare.length() - 1) {
            throw new CommandFailure("'" + text + "' is no address: write user@domain, such as alice@example.org");
        }
        return new Address(bare.substring(0, at), DomainText.name(bare.substring(at + 1)));
    }

    @Override
    public String toString() {
        return user + '@' + domain;
    }
}
