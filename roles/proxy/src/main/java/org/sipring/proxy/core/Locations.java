package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.accounts.Account;
import org.sipring.proxy.edge.Edge;

/** Where the users of the platform can be reached: the registrar's view for the proxy. */
public interface Locations {
    /**
     * Finds the contacts of an address.
     *
     * @param address all phones of a user, or one
     * @return what is known, on any thread; fails when nobody can tell now
     */
    CompletionStage<Located> find(Address address);

    /**
     * Who is called.
     *
     * @param user a user and the platform's domain, such as {@code bob@sipring.test}
     * @param gruu where one phone is called: what its GRUU's {@code gr} says, empty text for a temporary GRUU, whose user
     *     nobody knows. RFC 5627
     */
    record Address(String user, Optional<String> gruu) {
        /**
         * All phones of a user.
         *
         * @param aor the address-of-record
         * @return the address
         */
        public static Address of(String aor) {
            return new Address(aor, Optional.empty());
        }
    }

    /**
     * What is known of an address.
     *
     * @param user whose it is; empty where it is none of the platform's
     * @param contacts where the user is registered, the preferred first; also of who may not use the platform now, whose calls
     *     go on
     */
    record Located(Optional<Account> user, List<Registered> contacts) {
        /** It is none of the platform's. */
        public static final Located UNKNOWN = new Located(Optional.empty(), List.of());

        /** Copies the contacts. */
        public Located {
            contacts = List.copyOf(contacts);
        }
    }

    /**
     * A contact.
     *
     * @param uri fit to be a Request-URI
     * @param edge who reaches it
     * @param path the Routes between the edge and the phone, nearest to the edge first, RFC 3327; mostly none
     * @param q how much it is preferred, 0 to 1: those of one q are called together. RFC 3261 section 16.6
     */
    record Registered(String uri, Edge edge, List<String> path, double q) {
        /** Copies the path. */
        public Registered {
            path = List.copyOf(path);
        }

        /** The same phone by another Request-URI. */
        Registered calledAs(String other) {
            return new Registered(other, edge, path, q);
        }
    }
}
