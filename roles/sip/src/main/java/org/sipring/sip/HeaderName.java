package org.sipring.sip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The headers whose shape this stack knows, each by its name. All others are carried untouched. RFC 3261 section 20. */
public enum HeaderName {
    VIA("Via", 'v', Shape.LIST),
    FROM("From", 'f', Shape.ONCE),
    TO("To", 't', Shape.ONCE),
    CALL_ID("Call-ID", 'i', Shape.ONCE),
    CSEQ("CSeq", Shape.ONCE),
    CONTACT("Contact", 'm', Shape.LIST),
    CONTENT_LENGTH("Content-Length", 'l', Shape.ONCE),
    CONTENT_TYPE("Content-Type", 'c', Shape.ONCE),
    MAX_FORWARDS("Max-Forwards", Shape.ONCE),
    MAX_BREADTH("Max-Breadth", Shape.ONCE),
    ROUTE("Route", Shape.LIST),
    RECORD_ROUTE("Record-Route", Shape.LIST),
    EXPIRES("Expires", Shape.ONCE),
    MIN_EXPIRES("Min-Expires", Shape.ONCE),
    PATH("Path", Shape.LIST),
    SERVICE_ROUTE("Service-Route", Shape.LIST),
    FLOW_TIMER("Flow-Timer", Shape.ONCE),
    SUPPORTED("Supported", 'k', Shape.LIST),
    REQUIRE("Require", Shape.LIST),
    PROXY_REQUIRE("Proxy-Require", Shape.LIST),
    UNSUPPORTED("Unsupported", Shape.LIST),
    ALLOW("Allow", Shape.LIST),
    ACCEPT("Accept", Shape.LIST),
    // Their commas separate parameters, not values: RFC 3261 section 7.3.1.
    AUTHORIZATION("Authorization", Shape.LINES),
    PROXY_AUTHORIZATION("Proxy-Authorization", Shape.LINES),
    WWW_AUTHENTICATE("WWW-Authenticate", Shape.LINES),
    PROXY_AUTHENTICATE("Proxy-Authenticate", Shape.LINES),
    DATE("Date", Shape.LINES),
    SUBJECT("Subject", 's', Shape.LINES),
    USER_AGENT("User-Agent", Shape.LINES),
    SERVER("Server", Shape.LINES),
    ORGANIZATION("Organization", Shape.LINES),
    RETRY_AFTER("Retry-After", Shape.LINES),
    WARNING("Warning", Shape.LINES),
    TIMESTAMP("Timestamp", Shape.LINES),
    EVENT("Event", 'o', Shape.LINES),
    REFER_TO("Refer-To", 'r', Shape.LINES),
    REFERRED_BY("Referred-By", 'b', Shape.LINES),
    IDENTITY("Identity", 'y', Shape.LINES),
    P_ASSERTED_IDENTITY("P-Asserted-Identity", Shape.LIST),
    P_PREFERRED_IDENTITY("P-Preferred-Identity", Shape.LIST),
    REMOTE_PARTY_ID("Remote-Party-ID", Shape.LIST),
    PRIVACY("Privacy", Shape.LINES),
    P_CHARGE_INFO("P-Charge-Info", Shape.LINES),
    P_CHARGING_VECTOR("P-Charging-Vector", Shape.LINES),
    P_CHARGING_FUNCTION_ADDRESSES("P-Charging-Function-Addresses", Shape.LINES),
    P_SERVED_USER("P-Served-User", Shape.LINES),
    DIVERSION("Diversion", Shape.LIST),
    HISTORY_INFO("History-Info", Shape.LIST),
    SESSION_EXPIRES("Session-Expires", 'x', Shape.LINES),
    CONTENT_ENCODING("Content-Encoding", 'e', Shape.LIST),
    ALLOW_EVENTS("Allow-Events", 'u', Shape.LIST),
    ACCEPT_CONTACT("Accept-Contact", 'a', Shape.LIST),
    REJECT_CONTACT("Reject-Contact", 'j', Shape.LIST),
    REQUEST_DISPOSITION("Request-Disposition", 'd', Shape.LIST);

    private enum Shape {
        ONCE,
        LINES,
        LIST
    }

    private static final char NO_COMPACT = 0;
    private static final HeaderName[] ALL = values();
    private static final HeaderName[][] BY_LENGTH = byLength();

    final String text;
    private final String lower;
    private final char compact;
    private final Shape shape;

    HeaderName(String text, Shape shape) {
        this(text, NO_COMPACT, shape);
    }

    HeaderName(String text, char compact, Shape shape) {
        this.text = text;
        this.lower = Ascii.lower(text);
        this.compact = compact;
        this.shape = shape;
    }

    /** The long name, as headers write it. */
    @Override
    public String toString() {
        return text;
    }

    /** Whether a message may hold it only once, with one value. */
    boolean once() {
        return shape == Shape.ONCE;
    }

    /** Whether commas separate its values. */
    boolean list() {
        return shape == Shape.LIST;
    }

    static @Nullable HeaderName of(byte[] bytes, int from, int to) {
        if (to - from == 1) {
            return ofCompact((char) Ascii.lower(bytes[from]));
        }
        for (HeaderName name : ofLength(to - from)) {
            if (Ascii.equalsLower(bytes, from, name.lower)) {
                return name;
            }
        }
        return null;
    }

    static @Nullable HeaderName of(String text) {
        if (text.length() == 1) {
            return ofCompact((char) Ascii.lower(text.charAt(0)));
        }
        for (HeaderName name : ofLength(text.length())) {
            if (name.text.equalsIgnoreCase(text)) {
                return name;
            }
        }
        return null;
    }

    private static HeaderName[] ofLength(int length) {
        return BY_LENGTH[length < BY_LENGTH.length ? length : 0];
    }

    private static @Nullable HeaderName ofCompact(char letter) {
        for (HeaderName name : ALL) {
            if (name.compact == letter && letter != NO_COMPACT) {
                return name;
            }
        }
        return null;
    }

    private static HeaderName[][] byLength() {
        HeaderName[][] table = new HeaderName[32][];
        for (int length = 0; length < table.length; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(name -> name.text.length() == wanted)
                    .toArray(HeaderName[]::new);
        }
        return table;
    }
}
