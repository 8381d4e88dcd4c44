package org.sipring.dns;

import java.util.function.Consumer;
import org.sipring.api.View;

/** Where a manager hears of views: {@link ConfirmedViews}, or in tests an overlay's {@code onView}. */
@FunctionalInterface
public interface ViewSource {
    /**
     * Tells every later view, one at a time, and the newest one soon.
     *
     * @param listener hears of them, on any one thread; must not block
     */
    void onView(Consumer<View> listener);
}
