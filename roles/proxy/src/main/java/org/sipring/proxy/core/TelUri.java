package org.sipring.proxy.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A telephone number as a URI, RFC 3966. Pure. */
final class TelUri {
    // What separates the digits is for people only, RFC 3966 section 5.1.1; parameters follow.
    private static final Pattern NUMBER = Pattern.compile("(?i)tel:([+]?[0-9*#().-]{1,64})(;.*)?");
    private static final Pattern SEPARATORS = Pattern.compile("[().-]");

    private TelUri() {}

    /** The number, without what is for people only; empty for another URI. */
    static Optional<String> number(String uri) {
        Matcher matcher = NUMBER.matcher(uri);
        return matcher.matches()
                ? Optional.of(SEPARATORS.matcher(matcher.group(1)).replaceAll(""))
                        .filter(number -> !number.isEmpty())
                : Optional.empty();
    }
}
