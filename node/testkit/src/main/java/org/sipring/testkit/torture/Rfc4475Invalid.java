package org.sipring.testkit.torture;

import static org.sipring.testkit.torture.Rfc4475Valid.response;
import static org.sipring.testkit.torture.TortureMessage.dropped;
import static org.sipring.testkit.torture.TortureMessage.more;
import static org.sipring.testkit.torture.TortureMessage.options;
import static org.sipring.testkit.torture.TortureMessage.refused;
import static org.sipring.testkit.torture.TortureMessage.request;
import static org.sipring.testkit.torture.TortureMessage.valid;
import static org.sipring.testkit.torture.TortureMessage.with;

import java.util.List;

/** RFC 4475 section 3.1.2: messages that the grammar does not permit. */
public final class Rfc4475Invalid {
    private Rfc4475Invalid() {}

    private static final String TOO_LARGE = "98765432109876543210";

    public static final TortureMessage EXTRANEOUS_SEPARATORS = refused(
            400,
            "3.1.2.1",
            "badinv01",
            more(
                    with(
                            request("INVITE", "sip:grace@sipring.test"),
                            "Via",
                            "SIP/2.0/UDP 127.0.0.1:PORT;;branch=z9hG4bKb1;,;,,"),
                    "Contact: <sip:ada@192.0.2.5>;;;"));

    /** The rest of a stream may still come; when it ends instead, there is nobody to answer. */
    public static final TortureMessage LENGTH_BEYOND_THE_END = refused(
                    400, "3.1.2.2", "clerr", options().replace("LENGTH", "7777"))
            .overStreams();

    public static final TortureMessage NEGATIVE_LENGTH =
            refused(400, "3.1.2.3", "ncl", options().replace("LENGTH", "-7"));

    public static final TortureMessage LARGE_SCALARS_IN_A_REQUEST = refused(
            400,
            "3.1.2.4",
            "scalar02",
            more(
                    with(
                            with(request("REGISTER", "sip:sipring.test"), "CSeq", TOO_LARGE + " REGISTER"),
                            "Max-Forwards",
                            "301"),
                    "Expires: " + TOO_LARGE,
                    "Contact: <sip:ada@192.0.2.5>;expires=" + TOO_LARGE));

    public static final TortureMessage LARGE_SCALARS_IN_A_RESPONSE = dropped(
            "3.1.2.5",
            "scalarlg",
            more(with(response("503 Later"), "CSeq", TOO_LARGE + " OPTIONS"), "Retry-After: " + TOO_LARGE));

    public static final TortureMessage UNTERMINATED_QUOTE =
            refused(400, "3.1.2.6", "quotbal", with(options(), "To", "\"Grace <sip:grace@sipring.test>"));

    public static final TortureMessage BRACKETS_AROUND_THE_REQUEST_URI =
            refused(400, "3.1.2.7", "ltgtruri", options("<sip:grace@sipring.test>"));

    public static final TortureMessage BLANK_IN_THE_REQUEST_URI =
            refused(400, "3.1.2.8", "lwsruri", options("sip:grace@sipring.test; lr"));

    public static final TortureMessage BLANKS_IN_THE_REQUEST_LINE =
            refused(400, "3.1.2.9", "lwsstart", options("  sip:grace@sipring.test "));

    public static final TortureMessage BLANKS_BEHIND_THE_REQUEST_LINE =
            refused(400, "3.1.2.10", "trws", options().replace("SIP/2.0\n", "SIP/2.0  \n"));

    public static final TortureMessage HEADERS_IN_THE_REQUEST_URI =
            refused(400, "3.1.2.11", "escruri", options("sip:grace@sipring.test?Route=%3Csip%3Aevil.test%3E"));

    /** RFC 3261 section 16.3 step 1: a proxy does not refuse what it does not need, "for instance" such a Date. */
    public static final TortureMessage TIME_ZONE_IN_THE_DATE = valid(
            "3.1.2.12",
            "baddate",
            more(request("INVITE", "sip:grace@sipring.test"), "Date: Thu, 01 Jan 2026 09:30:00 CET"));

    /** The registrar refuses it. */
    public static final TortureMessage CONTACT_WITHOUT_BRACKETS = valid(
            "3.1.2.13",
            "regbadct",
            more(request("REGISTER", "sip:sipring.test"), "Contact: sip:ada@192.0.2.5?Route=%3Csip%3Aevil.test%3E"));

    public static final TortureMessage BLANKS_IN_THE_ADDRESS =
            refused(400, "3.1.2.14", "badaspec", with(options(), "To", "\"Hopper, G.\" < sip:grace@sipring.test >"));

    public static final TortureMessage NO_TOKENS_IN_THE_DISPLAY_NAME =
            refused(400, "3.1.2.15", "baddn", with(options(), "From", "Lovelace, Ada <sip:ada@sipring.test>;tag=w1"));

    public static final TortureMessage UNKNOWN_VERSION =
            refused(505, "3.1.2.16", "badvers", options().replace("SIP/2.0", "SIP/8.1"));

    public static final TortureMessage METHODS_THAT_DIFFER =
            refused(400, "3.1.2.17", "mismatch01", with(options(), "CSeq", "8 INVITE"));

    /** The RFC would like 501 as much. */
    public static final TortureMessage UNKNOWN_METHOD_THAT_DIFFERS = refused(
            400, "3.1.2.18", "mismatch02", with(request("FROBNICATE", "sip:grace@sipring.test"), "CSeq", "8 INVITE"));

    public static final TortureMessage LARGE_STATUS =
            dropped("3.1.2.19", "bigcode", response("5000000000 Beyond All Classes"));

    static final List<TortureMessage> ALL = List.of(
            EXTRANEOUS_SEPARATORS,
            LENGTH_BEYOND_THE_END,
            NEGATIVE_LENGTH,
            LARGE_SCALARS_IN_A_REQUEST,
            LARGE_SCALARS_IN_A_RESPONSE,
            UNTERMINATED_QUOTE,
            BRACKETS_AROUND_THE_REQUEST_URI,
            BLANK_IN_THE_REQUEST_URI,
            BLANKS_IN_THE_REQUEST_LINE,
            BLANKS_BEHIND_THE_REQUEST_LINE,
            HEADERS_IN_THE_REQUEST_URI,
            TIME_ZONE_IN_THE_DATE,
            CONTACT_WITHOUT_BRACKETS,
            BLANKS_IN_THE_ADDRESS,
            NO_TOKENS_IN_THE_DISPLAY_NAME,
            UNKNOWN_VERSION,
            METHODS_THAT_DIFFER,
            UNKNOWN_METHOD_THAT_DIFFERS,
            LARGE_STATUS);
}
