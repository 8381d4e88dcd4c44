package org.sipring.proxy.core;

import java.util.Locale;
import java.util.Optional;
import org.sipring.accounts.CallForwarding;

/** When a user's calls go elsewhere. Pure. */
enum Occasion {
    /** Whatever happens. */
    ALWAYS(302),
    /** The user talks, or does not want to be disturbed. */
    BUSY(486),
    /** Phones rang, and nobody answered. */
    NO_ANSWER(408),
    /** There is no phone. */
    NOT_REGISTERED(404),
    /** There are phones, and none that can be reached. */
    NOT_REACHABLE(503);

    private final int cause;

    Occasion(int cause) {
        this.cause = cause;
    }

    /** Its number in a {@code cause} parameter, RFC 4458 section 2. */
    int cause() {
        return cause;
    }

    /** Where the user's calls go then. */
    Optional<String> target(CallForwarding forwarding) {
        return switch (this) {
            case ALWAYS -> forwarding.always();
            case BUSY -> forwarding.busy();
            case NO_ANSWER -> forwarding.noAnswer();
            case NOT_REGISTERED, NOT_REACHABLE -> forwarding.unregistered();
        };
    }

    /**
     * What it means that nobody has taken a call.
     *
     * @param status the best of all answers; 0: nobody was asked
     * @param rang whether a phone has rung
     * @return empty where the user, or the phone, has refused the call
     */
    static Optional<Occasion> of(int status, boolean rang) {
        return switch (status) {
            case 0 -> Optional.of(NOT_REGISTERED);
            case 486, 600 -> Optional.of(BUSY);
            case 408, 480 -> Optional.of(rang ? NO_ANSWER : NOT_REACHABLE);
            case ResponseContext.FLOW_FAILED, 503 -> Optional.of(NOT_REACHABLE);
            default -> Optional.empty();
        };
    }

    /** For people. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
