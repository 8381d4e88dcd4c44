package org.sipring.app.demo;

/**
 * An account of the demo.
 *
 * @param user the user part, also the digest user name
 * @param domain the SIP domain
 * @param password in clear
 */
record DemoAccount(String user, String domain, String password) {
    String aor() {
        return user + "@" + domain;
    }
}
