package org.sipring.proxy.core;

import java.util.Optional;
import org.sipring.sip.transport.Dialled;

/**
 * What came of the way to a phone.
 *
 * @param way where it is open; empty when the phone cannot be reached
 * @param full whether that is only because this node has too many connections to open one more: it may listen all the same
 */
record Found(Optional<OpenWay> way, boolean full) {
    static final Found NONE = new Found(Optional.empty(), false);

    static Found of(OpenWay open) {
        return of(Optional.of(open));
    }

    static Found of(Optional<OpenWay> way) {
        return new Found(way, false);
    }

    static Found of(Dialled dialled, Optional<OpenWay> way) {
        return new Found(way, dialled.full());
    }
}
