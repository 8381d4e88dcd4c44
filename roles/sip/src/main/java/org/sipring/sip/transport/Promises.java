package org.sipring.sip.transport;

import io.netty.util.concurrent.Future;

/** What Netty promises. */
final class Promises {
    private Promises() {}

    /** Says that nobody waits for a promise: a failure closes its channel, and that is heard. */
    static void unheard(Future<?> promised) {}
}
