package org.sipring.dns.server;

import org.junit.jupiter.api.Tag;

/** The manager writes to BIND 9. */
@Tag("acceptance")
class BindManagerTest extends ManagerContract {
    BindManagerTest() {
        super(Named::start);
    }
}
