package org.sipring.app.phone;

/**
 * Whose phone it is.
 *
 * @param user the user part, also the digest user name
 * @param domain the SIP domain, also the realm
 * @param password in clear
 */
public record PhoneAccount(String user, String domain, String password) {
    /**
     * The account's address-of-record.
     *
     * @return a SIP URI
     */
    public String uri() {
        return "sip:" + user + "@" + domain;
    }
}
