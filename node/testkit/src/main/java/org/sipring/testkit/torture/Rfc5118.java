package org.sipring.testkit.torture;

import static org.sipring.testkit.torture.TortureMessage.more;
import static org.sipring.testkit.torture.TortureMessage.options;
import static org.sipring.testkit.torture.TortureMessage.refused;
import static org.sipring.testkit.torture.TortureMessage.request;
import static org.sipring.testkit.torture.TortureMessage.valid;
import static org.sipring.testkit.torture.TortureMessage.with;

import java.util.List;

/** RFC 5118 section 4: IPv6 addresses in messages. */
public final class Rfc5118 {
    private Rfc5118() {}

    private static final String INVITE =
            more(request("INVITE", "sip:grace@[2001:db8::77]"), "Content-Type: application/sdp");

    public static final TortureMessage REFERENCE = valid(
            "4.1",
            "ipv6-good",
            more(
                    with(
                            request("REGISTER", "sip:[2001:db8::77]"),
                            "Via",
                            "SIP/2.0/UDP [2001:db8::a:1]:PORT;branch=z9hG4bKb1"),
                    "Contact: \"Ada\" <sip:ada@[2001:db8::5]>"));

    public static final TortureMessage NO_REFERENCE =
            refused(400, "4.2", "ipv6-bad", request("REGISTER", "sip:2001:db8::77"));

    public static final TortureMessage PORT_IN_THE_BRACKETS =
            valid("4.3", "port-ambiguous", request("REGISTER", "sip:[2001:db8::77:5070]"));

    public static final TortureMessage PORT_BEHIND_THE_BRACKETS =
            valid("4.4", "port-unambiguous", request("REGISTER", "sip:[2001:db8::77]:5070"));

    public static final TortureMessage RECEIVED_WITH_BRACKETS =
            valid("4.5", "via-received-param-with-delim", received("[2001:db8::a:255]"));

    public static final TortureMessage RECEIVED_WITHOUT_BRACKETS =
            valid("4.5", "via-received-param-no-delim", received("2001:db8::a:255"));

    public static final TortureMessage ADDRESS_IN_SDP =
            valid("4.6", "ipv6-in-sdp", INVITE + "v=0\no=ada 1 1 IN IP6 2001:db8::5\nc=IN IP6 2001:db8::5\n");

    public static final TortureMessage BOTH_FAMILIES_IN_HEADERS = valid(
            "4.7",
            "mult-ip-in-header",
            more(
                    request("BYE", "sip:grace@192.0.2.77"),
                    "Via: SIP/2.0/UDP [2001:db8::a:1]:6050;branch=z9hG4bKh2;received=192.0.2.66",
                    "Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bKh1;received=2001:db8::a:255"));

    public static final TortureMessage BOTH_FAMILIES_IN_SDP = valid(
            "4.8",
            "mult-ip-in-sdp",
            INVITE
                    + "v=0\nc=IN IP6 2001:db8::5\nm=audio 4000 RTP/AVP 0\nm=video 4002 RTP/AVP 31\nc=IN IP4 192.0.2.5\n");

    public static final TortureMessage MAPPED_IPV4 = valid(
            "4.9",
            "ipv4-mapped-ipv6",
            more(
                    with(
                            request("INVITE", "sip:grace@sipring.test"),
                            "Via",
                            "SIP/2.0/UDP [::ffff:127.0.0.1]:PORT;branch=z9hG4bKb1"),
                    "Contact: <sip:ada@[::ffff:192.0.2.5]>"));

    public static final TortureMessage THREE_COLONS =
            valid("4.10", "ipv6-bug-abnf-3-colons", options("sip:grace@[2001:db8:::192.0.2.77]"));

    public static final TortureMessage TWO_COLONS =
            valid("4.10", "ipv6-correct-abnf-2-colons", options("sip:grace@[2001:db8::192.0.2.77]"));

    static final List<TortureMessage> ALL = List.of(
            REFERENCE,
            NO_REFERENCE,
            PORT_IN_THE_BRACKETS,
            PORT_BEHIND_THE_BRACKETS,
            RECEIVED_WITH_BRACKETS,
            RECEIVED_WITHOUT_BRACKETS,
            ADDRESS_IN_SDP,
            BOTH_FAMILIES_IN_HEADERS,
            BOTH_FAMILIES_IN_SDP,
            MAPPED_IPV4,
            THREE_COLONS,
            TWO_COLONS);

    private static String received(String address) {
        return with(
                request("BYE", "sip:[2001:db8::77]"),
                "Via",
                "SIP/2.0/UDP [2001:db8::a:1]:PORT;received=" + address + ";branch=z9hG4bKb1");
    }
}
