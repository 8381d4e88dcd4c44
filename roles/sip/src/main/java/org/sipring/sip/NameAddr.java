package org.sipring.sip;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address with an optional display name, as From, To, Contact, Route and their like hold it. RFC 3261 section 20.10.
 * Immutable.
 */
public final class NameAddr {
    private static final Pattern QVALUE = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    private static final boolean[] SCHEME = Ascii.marked("+-.", true);

    private final String display;
    // Where the URI stands, which may be in the whole header's text.
    private final String text;
    private final int uriFrom;
    private final int uriTo;
    private final Params params;
    // Memos: computed alike by every thread. Many ask for the SIP URI, and most addresses are asked.
    private @Nullable String uri;
    private @Nullable SipUri sipUri;

    /**
     * An address.
     *
     * @param display the display name as it is to be written, quotes included; empty for none
     * @param uri the URI as it is to be written, without angle brackets
     * @param params the header's parameters, not the URI's
     */
    public NameAddr(String display, String uri, Params params) {
        this(display, uri, 0, uri.length(), params);
        this.uri = uri;
    }

    private NameAddr(String display, String text, int uriFrom, int uriTo, Params params) {
        this.display = display;
        this.text = text;
        this.uriFrom = uriFrom;
        this.uriTo = uriTo;
        this.params = params;
    }

    /**
     * An address without display name and parameters.
     *
     * @param uri the URI
     * @return the address
     */
    public static NameAddr of(String uri) {
        return new NameAddr("", uri, Params.NONE);
    }

    /**
     * Reads one value.
     *
     * @param text {@code "Bob" <sip:bob@example.com>;tag=1}
     * @return the address, or empty when it is malformed
     */
    public static Optional<NameAddr> parse(String text) {
        return Optional.ofNullable(read(Ascii.trimmed(text)));
    }

    private static @Nullable NameAddr read(String text) {
        int display = text.startsWith("\"") ? Ascii.quotedEnd(text, 0) : 0;
        int open = display < 0 ? -1 : text.indexOf('<', display);
        if (display < 0 || (open < 0 && display > 0)) {
            return null;
        }
        return open < 0 ? bare(text) : bracketed(text, open);
    }

    /** RFC 3261 section 20: without brackets every parameter is the header's. */
    private static @Nullable NameAddr bare(String text) {
        int semicolon = Ascii.findOrEnd(';', text, 0, text.length());
        int end = Ascii.whiteBegins(text, 0, semicolon);
        boolean ambiguous = Ascii.find('?', text, 0, end) >= 0 || Ascii.find(',', text, 0, end) >= 0;
        return ambiguous || !absolute(text, 0, end) ? null : of("", text, 0, end, Params.parse(text, semicolon));
    }

    private static @Nullable NameAddr bracketed(String text, int open) {
        int close = text.indexOf('>', open);
        String display = Ascii.trimmed(text, 0, open);
        return close < 0 || !displayName(display) || !absolute(text, open + 1, close)
                ? null
                : of(display, text, open + 1, close, Params.parse(text, close + 1));
    }

    /** RFC 3261 section 25.1: a quoted string, or tokens and blanks. */
    private static boolean displayName(String text) {
        if (text.startsWith("\"")) {
            return Ascii.quotedEnd(text, 0) == text.length();
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Phones write names of other alphabets without quotes, and nobody takes those for separators.
            if (c < 128 && !Ascii.token(c) && !Ascii.blank(c)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable NameAddr of(String display, String text, int from, int to, @Nullable Params params) {
        return params == null ? null : new NameAddr(display, text, from, to, params);
    }

    /** Whether a text has a scheme and holds nothing that a URI must not. RFC 3986 section 3. */
    static boolean absolute(String uri) {
        return absolute(uri, 0, uri.length());
    }

    private static boolean absolute(String text, int from, int to) {
        int colon = from;
        while (colon < to && text.charAt(colon) < SCHEME.length && SCHEME[text.charAt(colon)]) {
            colon++;
        }
        return colon > from && colon < to - 1 && text.charAt(colon) == ':' && !holdsAForbidden(text, colon, to);
    }

    private static boolean holdsAForbidden(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == 127) {
                return true;
            }
        }
        return false;
    }

    /**
     * The display name.
     *
     * @return as written, quotes included; empty where there is none
     */
    public String display() {
        return display;
    }

    /**
     * The URI.
     *
     * @return as written, without angle brackets
     */
    public String uri() {
        String memo = uri;
        if (memo == null) {
            memo = text.substring(uriFrom, uriTo);
            uri = memo;
        }
        return memo;
    }

    /**
     * The header's parameters, not the URI's.
     *
     * @return in the order written
     */
    public Params params() {
        return params;
    }

    /**
     * The dialog tag.
     *
     * @return the tag of a From or To
     */
    public Optional<String> tag() {
        return params.value("tag");
    }

    /**
     * The URI, where it is a SIP URI.
     *
     * @return empty for another scheme or a malformed SIP URI
     */
    public Optional<SipUri> sipUri() {
        SipUri memo = sipUri;
        if (memo == null) {
            memo = SipUri.read(text, uriFrom, uriTo);
            sipUri = memo;
        }
        return Optional.ofNullable(memo);
    }

    /**
     * Tells an address that names nobody. RFC 3323 section 4.1.1.3.
     *
     * @return true for {@code sip:anonymous@anonymous.invalid}
     */
    public boolean anonymous() {
        return sipUri().filter(address -> address.host().equals("anonymous.invalid"))
                .isPresent();
    }

    /**
     * A Contact's preference. RFC 3261 section 20.10.
     *
     * @return 0 to 1, or empty where there is none or it is malformed
     */
    public OptionalDouble q() {
        Optional<String> text =
                params.value("q").filter(value -> QVALUE.matcher(value).matches());
        return text.isPresent() ? OptionalDouble.of(Double.parseDouble(text.get())) : OptionalDouble.empty();
    }

    /**
     * Sets a header parameter.
     *
     * @param name its name
     * @param value its value as it is to be written, or null for none
     * @return a copy
     */
    public NameAddr with(String name, @Nullable String value) {
        return new NameAddr(display, text, uriFrom, uriTo, params.with(name, value));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NameAddr address
                && display.equals(address.display)
                && uri().equals(address.uri())
                && params.equals(address.params);
    }

    @Override
    public int hashCode() {
        return Objects.hash(display, uri(), params);
    }

    @Override
    public String toString() {
        return (display.isEmpty() ? "<" : display + " <") + uri() + '>' + params;
    }
}
