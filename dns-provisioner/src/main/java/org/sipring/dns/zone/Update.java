package org.sipring.dns.zone;

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
    public sealed interface Prerequisite {
        /**
         * The name it is about.
         *
         * @return absolute, in lower case
         */
        String name();
    }

    /**
     * The RRset exists with exactly this data; the TTL is not compared (section 2.4.2).
     *
     * @param rrSet the data
     */
    public record Exactly(RrSet rrSet) implements Prerequisite {
        @Override
        public String name() {
            return rrSet.key().name();
        }
    }

    /**
     * An RRset of this name and type exists, with whatever data (section 2.4.1).
     *
     * @param key name and type
     */
    public record Exists(RrKey key) implements Prerequisite {
        @Override
        public String name() {
            return key.name();
        }
    }

    /**
     * No RRset of this name and type exists (section 2.4.3).
     *
     * @param key name and type
     */
    public record Absent(RrKey key) implements Prerequisite {
        @Override
        public String name() {
            return key.name();
        }
    }

    /**
     * The name owns at least one record (section 2.4.4).
     *
     * @param name absolute, in lower case
     */
    public record NameInUse(String name) implements Prerequisite {}

    /**
     * The name owns no record (section 2.4.5).
     *
     * @param name absolute, in lower case
     */
    public record NameFree(String name) implements Prerequisite {}

    /** A change of the zone (RFC 2136 section 2.5). */
    public sealed interface Change {
        /**
         * The name it is about.
         *
         * @return absolute, in lower case
         */
        String name();
    }

    /**
     * Deletes the RRset where there is one (section 2.5.2) and adds this one (section 2.5.1).
     *
     * @param rrSet what shall be there
     */
    public record Replace(RrSet rrSet) implements Change {
        @Override
        public String name() {
            return rrSet.key().name();
        }
    }

    /**
     * Adds records to what is there; the whole RRset takes this TTL (section 2.5.1).
     *
     * @param rrSet what shall be there as well
     */
    public record Add(RrSet rrSet) implements Change {
        @Override
        public String name() {
            return rrSet.key().name();
        }
    }

    /**
     * Deletes the RRset where there is one (section 2.5.2).
     *
     * @param key name and type
     */
    public record Delete(RrKey key) implements Change {
        @Override
        public String name() {
            return key.name();
        }
    }

    /**
     * Deletes every RRset of a name (section 2.5.3).
     *
     * @param name absolute, in lower case
     */
    public record DeleteName(String name) implements Change {}

    /**
     * Deletes records from an RRset where they are in it; the TTL is not compared (section 2.5.4).
     *
     * @param rrSet what shall not be there
     */
    public record Remove(RrSet rrSet) implements Change {
        @Override
        public String name() {
            return rrSet.key().name();
        }
    }
}
