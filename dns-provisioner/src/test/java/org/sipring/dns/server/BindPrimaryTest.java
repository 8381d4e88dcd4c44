package org.sipring.dns.server;

import org.junit.jupiter.api.Tag;

/** The contract, kept by BIND 9. */
@Tag("acceptance")
class BindPrimaryTest extends PrimaryContract {
    BindPrimaryTest() {
        super(Named::start);
    }
}
