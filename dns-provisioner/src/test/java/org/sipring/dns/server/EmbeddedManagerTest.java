package org.sipring.dns.server;

/** The manager writes to the embedded server. */
class EmbeddedManagerTest extends ManagerContract {
    EmbeddedManagerTest() {
        super(Embedded::start);
    }
}
