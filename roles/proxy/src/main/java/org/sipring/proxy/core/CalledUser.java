package org.sipring.proxy.core;

import java.util.List;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallForwarding;
import org.sipring.sip.SipMessage;

/**
 * Somebody of ours who is called, and what becomes of the call by that user's wish.
 *
 * @param account whose the address is
 * @param forwarding where the call goes otherwise
 * @param undisturbed whether no phone is to ring
 * @param contacts the phones that may be called
 */
record CalledUser(
        Account account, CallForwarding forwarding, boolean undisturbed, List<Locations.Registered> contacts) {
    private static final String REPLACES = "Replaces";

    /** Somebody to whom others forward their calls, and who forwards them again. */
    static CalledUser of(Account account, List<Locations.Registered> contacts) {
        return new CalledUser(
                account, account.rules().forwarding(), account.rules().doNotDisturb(), contacts);
    }

    /**
     * Somebody whom a caller asks for. Who asks for one phone, by its GRUU, wants nobody else; and a call in the place of
     * another is for who talks there, and rings nowhere (RFC 3891 section 3).
     */
    static CalledUser of(
            Account account, List<Locations.Registered> contacts, Locations.Address address, SipMessage request) {
        boolean replaces = request.header(REPLACES).isPresent();
        boolean forwards = !replaces && address.gruu().isEmpty();
        return new CalledUser(
                account,
                forwards ? account.rules().forwarding() : CallForwarding.NONE,
                account.rules().doNotDisturb() && !replaces,
                contacts);
    }

    /** Whether a call that comes here ends here: there is no phone, and it goes nowhere else. */
    boolean outOfReach() {
        return contacts.isEmpty()
                && !undisturbed
                && forwarding.always().isEmpty()
                && forwarding.unregistered().isEmpty();
    }
}
