package org.sipring.dns;

import java.time.Instant;

/**
 * Something about DNS that an operator must know or do.
 *
 * @param kind what is wrong
 * @param since when it was noticed
 * @param text the details, and what to do next
 */
public record Alarm(Kind kind, Instant since, String text) {
    /** What can be wrong. Metrics carry the name in lower case. */
    public enum Kind {
        /** No answer from the primary. */
        NAME_SERVER_DOWN(
                "no usable answer from the primary name server. Check that it runs, serves the zone, and can be"
                        + " reached from this node by TCP; Sipring tries again every 2 s"),
        /** Nothing can be signed. */
        NO_KEY("this platform has no TSIG key, so nothing is written. Make one with 'sipring dns key FILE', let the"
                + " primary name server include it, and name it in dns.tsig-file of one node that writes DNS"),
        /** The primary rejects the signature. */
        WRONG_KEY("the primary name server rejects our TSIG signature. Compare name, algorithm and secret of the key on"
                + " both sides, and the clocks"),
        /** The primary refuses the update for another reason. */
        UPDATE_REFUSED("the primary name server refuses our updates. Allow this key to update the zone there, and look"
                + " into its log; BIND holds no more than 100 nodes unless max-records-per-type is raised"),
        /** An RRset of somebody else is where Sipring needs to write. */
        FOREIGN_RRSET(
                "records that Sipring did not create are in its place and are left alone. Delete them, and Sipring"
                        + " writes its own"),
        /** The fence is no text of this platform. */
        FOREIGN_FENCE("the fence in DNS is not of this platform, so nothing is written. If no other platform uses this"
                + " zone, delete that TXT record"),
        /** The fence is missing or older than it once was. */
        FENCE_LOST("the fence in DNS was deleted or is older than it once was. Sipring writes it anew; find out who"
                + " changed the zone or restored it from a backup"),
        /** Resolvers remember "no such record" for too long. */
        SOA_MINIMUM("the zone's SOA MINIMUM is larger than 5 s, so that resolvers notice new names late. Set it to 5"),
        /** Updates are acknowledged and yet not in the zone. */
        NOT_KEPT("the primary name server acknowledges our updates and does not keep them. Look for a CNAME at these"
                + " names, or for another program that writes them");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        String advice() {
            return advice;
        }
    }
}
