package org.sipring.proxy.core;

import java.util.Optional;
import org.sipring.accounts.Account;
import org.sipring.proxy.journal.Story;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * Where the calls of a user of ours may go on: to whom the user may call. Lives in one loop.
 *
 * @param forwarding works on the call
 * @param locations knows where users are registered
 * @param border knows whom users of ours may call
 */
record Destinations(Forwarding forwarding, Locations locations, Border border) {
    /** Hears where. */
    interface Found {
        /** To a user of ours. */
        void user(SipUri uri, Locations.Located located);

        /**
         * To another domain.
         *
         * @param uri as the platform names it
         * @param next where it is sent: the same, or the trunk for a number
         */
        void abroad(SipUri uri, SipUri next);

        /** Nowhere. */
        void nowhere();
    }

    /**
     * The URI that a user's wish names: a number is one of the user's own domain, as if the user dialled it. Its scheme is the
     * call's: a proxy neither breaks the promise of a SIPS URI nor makes one, RFC 5630 section 5.3.
     */
    static Optional<SipUri> uri(String wish, Account user, boolean secure) {
        String domain = user.aor().substring(user.aor().lastIndexOf('@') + 1);
        return TelUri.number(wish)
                .map(number -> SipUri.of(number, domain, -1))
                .or(() -> SipUri.parse(wish))
                .map(SipUri::forRequest)
                .map(uri -> secure ? uri.secured() : uri.relaxed());
    }

    /** Looks where a call may go. */
    void find(ServerTransaction transaction, Story story, SipUri uri, Found found) {
        OurUris uris =
                new OurUris(forwarding.platform().names(), forwarding.layer().loop());
        Optional<Locations.Address> address = uris.address(uri);
        if (!uris.answersFor(uri)) {
            either(border.mayBeForwarded(transaction, uri), uri, Optional.of(uri), found);
        } else if (address.isEmpty()) {
            found.nowhere();
        } else {
            new Search(forwarding, locations, transaction, story, address.get())
                    .begin(
                            located -> {
                                if (located.user().isPresent()) {
                                    found.user(uri, located);
                                } else {
                                    either(true, uri, border.dialled(uri), found);
                                }
                            },
                            found::nowhere);
        }
    }

    private static void either(boolean may, SipUri uri, Optional<SipUri> next, Found found) {
        if (may && next.isPresent()) {
            found.abroad(uri, next.get());
        } else {
            found.nowhere();
        }
    }
}
