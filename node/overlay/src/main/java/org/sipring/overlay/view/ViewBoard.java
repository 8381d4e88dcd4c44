package org.sipring.overlay.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sipring.api.Member;
import org.sipring.api.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest view, and who hears of it. Callable from any thread. Views come from the room alone; a listener hears its
 * first one in the thread that adds it, and never two at once.
 */
final class ViewBoard {
    private static final Logger LOG = LoggerFactory.getLogger(ViewBoard.class);

    private final List<Consumer<View>> listeners = new ArrayList<>();
    private volatile View view = new View(0, "", List.of());

    View view() {
        return view;
    }

    synchronized void add(Consumer<View> listener) {
        listeners.add(listener);
        listener.accept(view);
    }

    /** Shows a view of other content than the last; false when it is the same. */
    synchronized boolean show(String platform, List<Member> members) {
        View next = new View(view.seq() + 1, platform, members);
        if (view.seq() > 0 && next.id() == view.id()) {
            return false;
        }
        view = next;
        LOG.info("view {}: {}", next.seq(), words(next));
        List.copyOf(listeners).forEach(listener -> tell(listener, next));
        return true;
    }

    private static void tell(Consumer<View> listener, View next) {
        try {
            listener.accept(next);
        } catch (RuntimeException e) {
            LOG.error("a listener failed on view {}", next.seq(), e);
        }
    }

    private static String words(View view) {
        return view.members().stream()
                .map(member -> member.id() + " " + member.state().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
