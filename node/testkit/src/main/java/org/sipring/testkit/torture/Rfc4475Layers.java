package org.sipring.testkit.torture;

import static org.sipring.testkit.torture.Rfc4475Valid.response;
import static org.sipring.testkit.torture.TortureMessage.more;
import static org.sipring.testkit.torture.TortureMessage.options;
import static org.sipring.testkit.torture.TortureMessage.refused;
import static org.sipring.testkit.torture.TortureMessage.request;
import static org.sipring.testkit.torture.TortureMessage.valid;
import static org.sipring.testkit.torture.TortureMessage.with;

import java.util.List;

/**
 * RFC 4475 sections 3.2 to 3.4: messages that transactions, applications and elements of RFC 2543 stumble over. What is
 * sound here, proxy and registrar judge.
 */
public final class Rfc4475Layers {
    private Rfc4475Layers() {}

    private static final String REGISTER = request("REGISTER", "sip:sipring.test");
    private static final String INVITE = request("INVITE", "sip:grace@sipring.test");

    public static final TortureMessage EMPTY_BRANCH =
            refused(400, "3.2.1", "badbranch", options().replace("z9hG4bKb1", "z9hG4bK"));

    public static final TortureMessage MISSING_HEADERS = refused(
            400,
            "3.3.1",
            "insuf",
            """
            INVITE sip:grace@sipring.test SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:PORT;branch=z9hG4bKb1
            CSeq: 8 INVITE
            Max-Forwards: 70
            Contact: <sip:ada@192.0.2.5>
            Content-Length: LENGTH

            """);

    public static final TortureMessage UNKNOWN_SCHEME = valid("3.3.2", "unkscm", options("gopherphone:extension-12"));

    public static final TortureMessage ATYPICAL_SCHEME =
            valid("3.3.3", "novelsc", options("ldap://192.0.2.9:389/o=Grace"));

    public static final TortureMessage SCHEMES_IN_HEADERS = valid(
            "3.3.4",
            "unksm2",
            more(
                    with(with(REGISTER, "To", "<urn:isbn:0451450523>"), "From", "<ftp://ada.example.com>;tag=w1"),
                    "Contact: <news:comp.protocols.sip>"));

    public static final TortureMessage UNKNOWN_EXTENSIONS = valid(
            "3.3.5",
            "bext01",
            more(options(), "Require: levitation, telepathy", "Proxy-Require: teleportation, alchemy"));

    public static final TortureMessage UNKNOWN_CONTENT =
            valid("3.3.6", "invut", more(INVITE, "Content-Type: application/x-runes") + "ᚠᚢᚦ\n");

    public static final TortureMessage UNKNOWN_AUTHORIZATION =
            valid("3.3.7", "regaut01", more(REGISTER, "Authorization: Handshake grip=firm"));

    public static final TortureMessage MULTIPLE_VALUES = refused(
            400,
            "3.3.8",
            "multi01",
            more(
                    INVITE,
                    "CSeq: 9 INVITE",
                    "Call-ID: torture.2",
                    "Max-Forwards: 5",
                    "From: <sip:eve@sipring.test>;tag=e1",
                    "To: <sip:mallory@sipring.test>",
                    "Content-Type: text/plain",
                    "Content-Type: text/html"));

    public static final TortureMessage MULTIPLE_LENGTHS =
            refused(400, "3.3.9", "mcl01", more(options(), "Content-Length: 3") + "abcdefg");

    public static final TortureMessage BROADCAST_VIA = valid(
            "3.3.10", "bcast", more(response("200 OK"), "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKeverybody"));

    public static final TortureMessage NO_FORWARDS_LEFT =
            valid("3.3.11", "zeromf", with(options(), "Max-Forwards", "0"));

    public static final TortureMessage PARAMETER_OF_THE_CONTACT =
            valid("3.3.12", "cparam01", more(REGISTER, "Contact: sip:+31205550100@192.0.2.5;colour=blue"));

    public static final TortureMessage PARAMETER_OF_THE_URI =
            valid("3.3.13", "cparam02", more(REGISTER, "Contact: <sip:+31205550100@192.0.2.5;colour=blue>"));

    public static final TortureMessage ESCAPED_HEADER =
            valid("3.3.14", "regescrt", more(REGISTER, "Contact: <sip:ada@192.0.2.5?Subject=%3Curgent%3E>"));

    public static final TortureMessage UNACCEPTABLE_OFFER = valid(
            "3.3.15", "sdp01", more(INVITE, "Accept: text/x-hieroglyphs", "Content-Type: application/sdp") + "v=0\n");

    /** A stream cannot be cut without Content-Length, RFC 3261 section 20.14. */
    public static final TortureMessage OLD_SYNTAX = valid(
                    "3.4.1",
                    "inv2543",
                    """
                    INVITE sip:grace@sipring.test SIP/2.0
                    Via: SIP/2.0/UDP 127.0.0.1:PORT
                    From: <sip:ada@sipring.test;user=phone>
                    To: sip:+31205550100@sipring.test;user=phone
                    Record-Route: <sip:grace@sipring.test;maddr=192.0.2.8>
                    Call-ID: old.1
                    CSeq: 8 INVITE
                    Contact: <sip:ada@192.0.2.5>
                    Content-Type: application/sdp

                    v=0
                    """)
            .overStreams(400);

    static final List<TortureMessage> ALL = List.of(
            EMPTY_BRANCH,
            MISSING_HEADERS,
            UNKNOWN_SCHEME,
            ATYPICAL_SCHEME,
            SCHEMES_IN_HEADERS,
            UNKNOWN_EXTENSIONS,
            UNKNOWN_CONTENT,
            UNKNOWN_AUTHORIZATION,
            MULTIPLE_VALUES,
            MULTIPLE_LENGTHS,
            BROADCAST_VIA,
            NO_FORWARDS_LEFT,
            PARAMETER_OF_THE_CONTACT,
            PARAMETER_OF_THE_URI,
            ESCAPED_HEADER,
            UNACCEPTABLE_OFFER,
            OLD_SYNTAX);
}
