package org.sipring.proxy.edge;

import java.util.Optional;

/**
 * One side of a call, as its Record-Route tokens name it.
 *
 * @param name the address-of-record of a phone of ours, or the host of another domain
 * @param edge the phone of ours; empty in another domain
 * @param opposite of a side in another domain the host of the other side, where that is in another domain, too: a user of
 *     ours forwarded the call from there; empty text for all others
 */
public record Party(String name, Optional<Edge> edge, String opposite) {
    /**
     * A phone of ours.
     *
     * @param edge the phone
     * @return that side
     */
    public static Party phone(Edge edge) {
        return new Party(edge.aor(), Optional.of(edge), "");
    }

    /**
     * Somebody in another domain.
     *
     * @param host the host there that requests go to
     * @return that side
     */
    public static Party abroad(String host) {
        return abroad(host, "");
    }

    /**
     * Somebody in another domain, who may talk with somebody in another domain.
     *
     * @param host the host there that requests go to
     * @param opposite the other side's host; empty text where it is a phone of ours
     * @return that side
     */
    public static Party abroad(String host, String opposite) {
        return new Party(host, Optional.empty(), opposite);
    }

    /**
     * Tells whether a call between two other domains is between these: a user of ours forwarded it from one to the other.
     *
     * @param other the other side, as its own token names it
     * @return true when the token of either side names the other's host
     */
    public boolean talksWith(Party other) {
        return edge.isEmpty() && other.edge.isEmpty() && (opposite.equals(other.name) || other.opposite.equals(name));
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
