package org.sipring.proxy.edge;

import java.util.Optional;

/**
 * One side of a call, as its Record-Route tokens name it.
 *
 * @param name the address-of-record of a phone of ours, or the host of another domain
 * @param edge the phone of ours; empty in another domain
 */
public record Party(String name, Optional<Edge> edge) {
    /**
     * A phone of ours.
     *
     * @param edge the phone
     * @return that side
     */
    public static Party phone(Edge edge) {
        return new Party(edge.aor(), Optional.of(edge));
    }

    /**
     * Somebody in another domain.
     *
     * @param host the host there that requests go to
     * @return that side
     */
    public static Party abroad(String host) {
        return new Party(host, Optional.empty());
    }

    /**
     * The host that requests go to in another domain.
     *
     * @return empty for a phone of ours
     */
    public Optional<String> host() {
        return edge.isPresent() ? Optional.empty() : Optional.of(name);
    }

    /**
     * Tells whether this is the same side. A phone may have another flow by now, so that its account decides.
     *
     * @param other the one that a later request names
     * @return true when it is
     */
    public boolean is(Party other) {
        return name.equals(other.name)
                && edge.isPresent() == other.edge.isPresent()
                && (!name.isEmpty() || edge.equals(other.edge));
    }
}
