package org.sipring.app.world;

import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.dns.ConfirmedViews;
import org.sipring.dns.ViewSource;

/** How a manager hears of views. */
enum Hearing {
    /** As in the program: of a smaller one when those who are left have answered. */
    CONFIRMED {
        @Override
        ViewSource of(Overlay overlay, Ticker room) {
            return new ConfirmedViews(overlay, room);
        }
    },
    /** Of each at once, to show that the world notices. */
    AT_ONCE {
        @Override
        ViewSource of(Overlay overlay, Ticker room) {
            return overlay::onView;
        }
    };

    abstract ViewSource of(Overlay overlay, Ticker room);
}
