package org.sipring.proxy.auth;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sipring.sip.SipMessage;

/** Whether the sender of a request may use the platform. */
public sealed interface Verdict {
    /**
     * The sender is who it says.
     *
     * @param aor the address-of-record of the account
     * @param identity the one of its addresses that it speaks for; empty where nothing was proved. RFC 3325
     * @param contacts the most that the account may register at a time; empty: as many as the platform allows
     */
    record Admitted(String aor, Optional<String> identity, OptionalInt contacts) implements Verdict {
        /**
         * The sender is who it says, and has no limit of its own.
         *
         * @param aor the address-of-record of the account
         * @param identity the one of its addresses that it speaks for
         */
        public Admitted(String aor, Optional<String> identity) {
            this(aor, identity, OptionalInt.empty());
        }

        /**
         * Takes somebody at its word.
         *
         * @param aor the address-of-record that it says
         * @return the verdict
         */
        public static Admitted unproved(String aor) {
            return new Admitted(aor, Optional.empty());
        }
    }

    /**
     * The sender must prove itself, or may not.
     *
     * @param response 401 or 407 with challenges, 400 or 403
     */
    record Refused(SipMessage response) implements Verdict {}

    /**
     * Takes one of two ways.
     *
     * @param admitted given who it is
     * @param refused given the response
     * @param <T> the result's type
     * @return what the way taken returns
     */
    default <T> T match(Function<Admitted, T> admitted, Function<SipMessage, T> refused) {
        return this instanceof Admitted one ? admitted.apply(one) : refused.apply(((Refused) this).response());
    }

    /**
     * Does one of two things.
     *
     * @param admitted given who it is
     * @param refused given the response
     */
    default void then(Consumer<Admitted> admitted, Consumer<SipMessage> refused) {
        if (this instanceof Admitted one) {
            admitted.accept(one);
        } else {
            refused.accept(((Refused) this).response());
        }
    }
}
