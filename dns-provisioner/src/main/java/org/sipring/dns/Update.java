package org.sipring.dns;

import java.util.List;

/**
 * One dynamic update (RFC 2136): all of it is applied, or nothing.
 *
 * @param prerequisites what must be true of the zone, else nothing is changed
 * @param changes applied in order
 */
public record Update(List<Prerequisite> prerequisites, List<Change> changes) {
    /** Copies the lists. */
    public Update {
        prerequisites = List.copyOf(prerequisites);
        changes = List.copyOf(changes);
    }

    /** A condition on the zone (RFC 2136 section 2.4). */
    public sealed interface Prerequisite {}

    /**
     * The RRset exists with exactly this data; the TTL is not compared (section 2.4.2).
     *
     * @param rrSet the data
     */
    public record Exactly(RrSet rrSet) implements Prerequisite {}

    /**
     * No RRset of this name and type exists (section 2.4.3).
     *
     * @param key name and type
     */
    public record Absent(RrKey key) implements Prerequisite {}

    /** A change of the zone (RFC 2136 section 2.5). */
    public sealed interface Change {}

    /**
     * Deletes the RRset where there is one (section 2.5.2) and adds this one (section 2.5.1).
     *
     * @param rrSet what shall be there
     */
    public record Replace(RrSet rrSet) implements Change {}

    /**
     * Deletes the RRset where there is one (section 2.5.2).
     *
     * @param key name and type
     */
    public record Delete(RrKey key) implements Change {}
}
