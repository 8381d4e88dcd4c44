package org.sipring.sip;

/** Why a message is refused, and the status code that says so; 0 where it deserves no answer. */
record Flaw(int status, String reason) {
    static Flaw silent(String reason) {
        return new Flaw(0, reason);
    }

    static Flaw of(int status) {
        return new Flaw(status, Status.reason(status));
    }

    static Flaw bad(String reason) {
        return new Flaw(400, reason);
    }
}
