package org.sipring.accounts;

import java.time.Duration;
import java.util.Optional;

/**
 * Where calls to a user go when they do not reach a phone of the user's. Addresses are SIP, SIPS or tel URIs.
 *
 * @param always where every call goes; the others do not matter then
 * @param busy where a call goes that finds the user busy
 * @param noAnswer where a call goes that nobody answers
 * @param patience how long phones ring before nobody answers
 * @param unregistered where a call goes that finds no phone
 */
public record CallForwarding(
        Optional<String> always,
        Optional<String> busy,
        Optional<String> noAnswer,
        Duration patience,
        Optional<String> unregistered) {
    /** How long phones ring where the user has not said it. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Calls go nowhere else. */
    public static final CallForwarding NONE =
            new CallForwarding(Optional.empty(), Optional.empty(), Optional.empty(), PATIENCE, Optional.empty());
}
