package org.sipring.proxy.edge;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.sipring.proxy.keys.Keys;

/**
 * Routes that were written here, or found genuine, a moment ago. What is not among them is no less genuine: each has one
 * place, and whoever comes next takes it. They hold as long as the keys that they were sealed with. Callable from any
 * thread; never blocks.
 */
final class KnownRoutes {
    // A call has two, and its ACK comes at once: of a thousand calls a second those of four seconds.
    private static final int PLACES = 1 << 13;

    private final Keys keys;
    private final AtomicReferenceArray<KnownRoute> places = new AtomicReferenceArray<>(PLACES);

    KnownRoutes(Keys keys) {
        this.keys = keys;
    }

    /** Keeps a route, unless it is longer than an honest one: the memory has so many places, and each is small. */
    KnownRoute add(KnownRoute route) {
        if (route.isShort()) {
            places.set(place(route.uri()), route);
        }
        return route;
    }

    Optional<KnownRoute> find(String uri, List<Bond> bonds) {
        KnownRoute known = places.get(place(uri));
        return known != null && known.is(uri, bonds) && holds(known) ? Optional.of(known) : Optional.empty();
    }

    private boolean holds(KnownRoute known) {
        return keys.find(known.key().id()).filter(known.key()::equals).isPresent();
    }

    private static int place(String uri) {
        int hash = uri.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
