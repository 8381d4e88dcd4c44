package org.sipring.sip;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One hop of a message's way. RFC 3261 section 20.42, RFC 3581.
 *
 * @param transport in upper case: {@code UDP}, {@code TCP}, {@code TLS}, {@code WS}, {@code WSS} or another
 * @param host as it was written; an IPv6 address in brackets
 * @param port the port, or -1 where none is written
 * @param params the parameters
 */
public record Via(String transport, String host, int port, Params params) {
    /** What every branch of RFC 3261 begins with. */
    public static final String COOKIE = "z9hG4bK";

    // Of any version: a request of SIP/7.0 has a Via of SIP/7.0.
    private static final Pattern HOP = Pattern.compile("(?i)SIP\\s*/\\s*[\\w.]+\\s*/\\s*(\\w+)\\s+([^;,]+)");

    /**
     * Reads one value.
     *
     * @param text {@code SIP/2.0/UDP host:port;branch=...}
     * @return the hop, or empty when it is malformed
     */
    public static Optional<Via> parse(String text) {
        int name = part(text, 0, "SIP");
        int version = part(text, name, "2.0");
        if (version < 0) {
            return Optional.empty();
        }
        int from = Ascii.skipBlanks(text, version);
        int end = Ascii.tokenEnd(text, from);
        int sentBy = Ascii.skipBlanks(text, end);
        if (end == from || sentBy == end) {
            return Optional.empty();
        }
        return rest(Ascii.upper(text.substring(from, end)), text, sentBy);
    }

    /** Reads the first of a line's values. */
    static Optional<Via> first(String line) {
        return parse(Values.first(line));
    }

    private static Optional<Via> rest(String transport, String text, int sentBy) {
        int semicolon = text.indexOf(';', sentBy);
        int end = semicolon < 0 ? text.length() : semicolon;
        HostPort address = HostPort.parse(text, sentBy, Ascii.whiteBegins(text, sentBy, end));
        Params params = address == null ? null : Params.parse(text, end);
        return address == null || params == null
                ? Optional.empty()
                : Optional.of(new Via(transport, address.host(), address.port(), params));
    }

    /** Of a malformed value what a refusal needs: where to send it. Empty where not even that can be read. */
    static Optional<Via> wayBack(String text) {
        Matcher hop = HOP.matcher(text);
        HostPort address = hop.lookingAt() ? HostPort.parse(Ascii.trimmed(hop.group(2))) : null;
        return address == null
                ? Optional.empty()
                : Optional.of(new Via(Ascii.upper(hop.group(1)), address.host(), address.port(), Params.NONE));
    }

    private static int part(String text, int from, String word) {
        int at = from < 0 ? -1 : Ascii.skipBlanks(text, from);
        if (at < 0 || !text.regionMatches(true, at, word, 0, word.length())) {
            return -1;
        }
        int slash = Ascii.skipBlanks(text, at + word.length());
        return slash < text.length() && text.charAt(slash) == '/' ? slash + 1 : -1;
    }

    /**
     * What tells this hop's transaction from the others.
     *
     * @return the branch, with its cookie
     */
    public Optional<String> branch() {
        return params.value("branch");
    }

    /**
     * The port to answer to.
     *
     * @return the port, or 5060 where none is written
     */
    public int portOrDefault() {
        return HostPort.orDefault(port);
    }

    /**
     * Who sent it, as the hop says itself.
     *
     * @return {@code host}, or {@code host:port}
     */
    public String sentBy() {
        return new HostPort(host, port).toString();
    }

    @Override
    public String toString() {
        return "SIP/2.0/" + transport + ' ' + sentBy() + params;
    }
}
