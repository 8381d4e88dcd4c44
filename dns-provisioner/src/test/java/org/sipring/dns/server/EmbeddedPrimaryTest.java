package org.sipring.dns.server;

/** The contract, kept by the embedded server. */
class EmbeddedPrimaryTest extends PrimaryContract {
    EmbeddedPrimaryTest() {
        super(Embedded::start);
    }
}
