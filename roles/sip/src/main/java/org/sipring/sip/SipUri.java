package org.sipring.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SIP or SIPS URI. RFC 3261 section 19.1. Immutable.
 *
 * <p>{@link #equals} compares the text; two URIs are the same resource when {@link #matches} says so, which is not
 * transitive and therefore no equality.
 */
public final class SipUri {
    private static final List<String> DECISIVE = List.of("user", "ttl", "method", "maddr", "transport");
    private static final String RESERVED = ";/?:@&=+$,";
    private static final int TLS_PORT = 5061;

    private final boolean secure;
    private final String userInfo;
    private final HostPort address;
    private final Params params;
    private final String headers;
    // Memos: computed alike by every thread.
    private @Nullable String text;
    private @Nullable InetSocketAddress numbers;

    private SipUri(boolean secure, String userInfo, HostPort address, Params params, String headers) {
        this.secure = secure;
        this.userInfo = userInfo;
        this.address = address;
        this.params = params;
        this.headers = headers;
    }

    /**
     * Reads a URI.
     *
     * @param text without angle brackets
     * @return the URI, or empty for another scheme or a malformed URI
     */
    public static Optional<SipUri> parse(String text) {
        return Optional.ofNullable(read(text, 0, text.length()));
    }

    /** Reads a part of a text, all of it; null where {@link #parse} gives nothing. */
    static @Nullable SipUri read(String text, int from, int to) {
        if (startsWith("sips:", text, from, to)) {
            return read(true, text, from + 5, to);
        }
        return startsWith("sip:", text, from, to) ? read(false, text, from + 4, to) : null;
    }

    private static boolean startsWith(String scheme, String text, int from, int to) {
        return to - from >= scheme.length() && text.regionMatches(true, from, scheme, 0, scheme.length());
    }

    private static @Nullable SipUri read(boolean secure, String text, int from, int to) {
        int at = Ascii.find('@', text, from, to);
        int host = at < 0 ? from : at + 1;
        int question = Ascii.findOrEnd('?', text, host, to);
        boolean sound = at != from
                && (at < 0 || UriEscapes.userInfo(text, from, at))
                && question != to - 1
                && UriEscapes.tail(text, host, to);
        if (!sound) {
            return null;
        }
        int semicolon = Ascii.findOrEnd(';', text, host, question);
        HostPort address = HostPort.parse(text, host, semicolon);
        Params params = Params.parseOfUri(text, semicolon, question);
        return address == null || params == null
                ? null
                : new SipUri(
                        secure,
                        at < 0 ? "" : text.substring(from, at),
                        address,
                        params,
                        question == to ? "" : text.substring(question + 1, to));
    }

    /**
     * A plain {@code sip:} URI.
     *
     * @param user the user part, not escaped; empty for none
     * @param host a name, an IPv4 address, or an IPv6 address in brackets
     * @param port the port, or -1 for none
     * @return the URI
     */
    public static SipUri of(String user, String host, int port) {
        return new SipUri(false, UriEscapes.escapeUser(user), new HostPort(host, port), Params.NONE_OF_URI, "");
    }

    /**
     * Tells {@code sips:} from {@code sip:}.
     *
     * @return true for {@code sips:}
     */
    public boolean secure() {
        return secure;
    }

    /**
     * The user part, unescaped, without password.
     *
     * @return empty where there is none
     */
    public String user() {
        int colon = userInfo.indexOf(':');
        return UriEscapes.unescape(colon < 0 ? userInfo : userInfo.substring(0, colon));
    }

    /**
     * The host.
     *
     * @return in lower case; an IPv6 address in brackets
     */
    public String host() {
        return Ascii.lower(address.host());
    }

    /**
     * The port.
     *
     * @return -1 where none is written
     */
    public int port() {
        return address.port();
    }

    /**
     * The port to send to.
     *
     * @return the port; where none is written 5061 for TLS and 5060 for all else, RFC 3261 section 19.1.2
     */
    public int portOrDefault() {
        boolean tls = secure || transport().filter("TLS"::equals).isPresent();
        return port() < 0 && tls ? TLS_PORT : HostPort.orDefault(port());
    }

    /**
     * Where the URI leads, where its host is written as numbers, so that no name need be looked up.
     *
     * @return the address, or empty when the host is a name
     */
    public Optional<InetSocketAddress> address() {
        InetSocketAddress memo = numbers;
        if (memo == null) {
            memo = numbers();
            numbers = memo;
        }
        return Optional.ofNullable(memo);
    }

    private @Nullable InetSocketAddress numbers() {
        String host = host();
        boolean numeric = host.startsWith("[")
                || (!host.isEmpty()
                        && Ascii.digit(host.charAt(0))
                        && Ipv6.IPV4.matcher(host).matches());
        if (!numeric) {
            return null;
        }
        try {
            // With brackets or four octets this never asks DNS; with a number above 255 it would.
            return new InetSocketAddress(InetAddress.getByName(host), portOrDefault());
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    /**
     * The URI's parameters.
     *
     * @return in the order written
     */
    public Params params() {
        return params;
    }

    /**
     * The headers that a request to this URI is asked to hold.
     *
     * @return what follows the question mark, as written
     */
    public String headers() {
        return headers;
    }

    /**
     * The transport asked for.
     *
     * @return in upper case: {@code UDP}, {@code TCP}, ...
     */
    public Optional<String> transport() {
        return params.value("transport").map(Ascii::upper);
    }

    /**
     * Where to send instead of {@link #host}. A parameter that is no host and nothing more counts as absent, so that nobody
     * reads another host in it than the one who allows it.
     *
     * @return an address or name, in lower case; an IPv6 address in brackets
     */
    public Optional<String> maddr() {
        return params.value("maddr")
                .flatMap(text -> Optional.ofNullable(HostPort.parse(text)))
                .filter(named -> named.port() == HostPort.NO_PORT)
                .map(named -> Ascii.lower(named.host()));
    }

    /**
     * Tells a loose router. RFC 3261 section 19.1.1.
     *
     * @return true where {@code lr} is written
     */
    public boolean lr() {
        return params.has("lr");
    }

    /**
     * The same place for another user.
     *
     * @param user the user part, not escaped
     * @return a copy
     */
    public SipUri withUser(String user) {
        return new SipUri(secure, UriEscapes.escapeUser(user), address, params, headers);
    }

    /**
     * Sets a parameter.
     *
     * @param name its name
     * @param value its value as it is to be written, or null for none
     * @return a copy
     */
    public SipUri with(String name, @Nullable String value) {
        return new SipUri(secure, userInfo, address, params.with(name, value), headers);
    }

    /**
     * Sets a parameter to any text.
     *
     * @param name its name
     * @param value its value, which is escaped where it must be
     * @return a copy
     */
    public SipUri withText(String name, String value) {
        return with(name, UriEscapes.escapeParam(value));
    }

    /**
     * The same resource where no TLS is asked for.
     *
     * @return {@code sip:} in place of {@code sips:}
     */
    public SipUri relaxed() {
        return new SipUri(false, userInfo, address, params, headers);
    }

    /**
     * The same URI as a SIPS URI.
     *
     * @return the other URI
     */
    public SipUri secured() {
        return new SipUri(true, userInfo, address, params, headers);
    }

    /**
     * Leaves a parameter out.
     *
     * @param name its name
     * @return a copy
     */
    public SipUri without(String name) {
        return new SipUri(secure, userInfo, address, params.without(name), headers);
    }

    /**
     * What a Request-URI may hold of this URI: no headers and no {@code method}. RFC 3261 section 19.1.1, table 1.
     *
     * @return a copy
     */
    public SipUri forRequest() {
        return new SipUri(secure, userInfo, address, params.without("method"), "");
    }

    /**
     * The address-of-record that this URI names, in its one canonical form: unescaped user, host in lower case, no
     * scheme, password, port, parameters or headers. RFC 3261 section 10.3 step 5.
     *
     * @return {@code alice@sipring.test}, or the host alone where there is no user
     */
    public String aor() {
        return userInfo.isEmpty() ? host() : user() + '@' + host();
    }

    /**
     * Tells whether two URIs name the same resource. RFC 3261 section 19.1.4.
     *
     * @param other another URI
     * @return true when they do
     */
    public boolean matches(SipUri other) {
        return secure == other.secure
                && UriEscapes.canonical(userInfo, RESERVED).equals(UriEscapes.canonical(other.userInfo, RESERVED))
                && host().equals(other.host())
                && port() == other.port()
                && matches(params, other.params)
                && UriEscapes.sameHeaders(headers, other.headers);
    }

    private static boolean matches(Params one, Params other) {
        return DECISIVE.stream().allMatch(name -> one.has(name) == other.has(name))
                && one.names().stream().filter(other::has).allMatch(name -> one.value(name)
                        .orElse("")
                        .equalsIgnoreCase(other.value(name).orElse("")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SipUri uri && toString().equals(uri.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The URI as it was written, its scheme in lower case. */
    @Override
    public String toString() {
        String memo = text;
        if (memo == null) {
            memo = written();
            text = memo;
        }
        return memo;
    }

    private String written() {
        return (secure ? "sips:" : "sip:")
                + (userInfo.isEmpty() ? "" : userInfo + '@')
                + address
                + params
                + (headers.isEmpty() ? "" : "?" + headers);
    }
}
