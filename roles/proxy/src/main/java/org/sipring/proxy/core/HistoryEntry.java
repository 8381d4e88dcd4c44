package org.sipring.proxy.core;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipUri;

/**
 * One target of a request: a value of History-Info, RFC 7044 section 5.
 *
 * @param target its URI, perhaps with a Reason or Privacy header in it, and its parameters; {@code index} is one
 */
record HistoryEntry(NameAddr target) {
    /** How a target was found, RFC 7044 section 10.4. */
    enum Cause {
        /** The user registered it, or a number leads to it: the user is the same. */
        RC,
        /** Nothing has been changed. */
        NP,
        /** The user has sent it to somebody else. */
        MP;

        private final String parameter = name().toLowerCase(Locale.ROOT);
    }

    private static final String INDEX = "index";
    private static final Pattern INDEXES = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,99}");
    private static final Pattern PRIVATE = Pattern.compile("(?i)(.*&)?privacy=[^&]*(history|header|session).*");
    // RFC 3323 section 4.1.1.3.
    private static final String ANONYMOUS = "sip:anonymous@anonymous.invalid";

    /** Reads a value; empty for one without a sound index. */
    static Optional<HistoryEntry> parse(String value) {
        return NameAddr.parse(value).map(HistoryEntry::new).filter(entry -> INDEXES.matcher(entry.index())
                .matches());
    }

    /** The first of all. */
    static HistoryEntry first(String uri) {
        return of(uri, "1");
    }

    private static HistoryEntry of(String uri, String index) {
        return new HistoryEntry(NameAddr.of(uri).with(INDEX, index));
    }

    private String index() {
        return target.params().value(INDEX).orElse("");
    }

    /** The one behind this that somebody has not written down: the 0 says so. RFC 7044 section 10.3. */
    HistoryEntry unwritten(String uri) {
        return of(uri, index() + ".0");
    }

    /** Where a request for this target goes as one of several. RFC 7044 section 10.3. */
    HistoryEntry next(int number, String uri, Cause cause) {
        HistoryEntry next = of(uri, index() + '.' + number);
        return new HistoryEntry(next.target.with(cause.parameter, index()));
    }

    /** The same target, and what it answered. RFC 7044 section 10.2. */
    HistoryEntry because(int status) {
        String uri = target.uri() + (target.uri().indexOf('?') < 0 ? '?' : '&') + "Reason=SIP%3Bcause%3D" + status;
        return new HistoryEntry(new NameAddr(target.display(), uri, target.params()));
    }

    /** That there was a target, and not which. RFC 7044 section 10.1.2. */
    HistoryEntry anonymous() {
        return new HistoryEntry(new NameAddr("", ANONYMOUS, target.params()));
    }

    /** Whether this target alone is to be hidden. RFC 7044 section 10.1.1. */
    boolean isPrivate() {
        return target.sipUri()
                .filter(uri -> PRIVATE.matcher(uri.headers()).matches())
                .isPresent();
    }

    /** Whether a Request-URI names this target. */
    boolean names(SipUri uri) {
        return target.sipUri()
                .filter(own -> own.forRequest().matches(uri.forRequest()))
                .isPresent();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
