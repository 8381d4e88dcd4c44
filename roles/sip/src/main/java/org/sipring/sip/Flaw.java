package org.sipring.sip;

/** Why a message is refused, and the status code that says so. */
record Flaw(int status, String reason) {
    static Flaw bad(String reason) {
        return new Flaw(400, reason);
    }
}
