package org.sipring.testkit.torture;

import static org.sipring.testkit.torture.TortureMessage.more;
import static org.sipring.testkit.torture.TortureMessage.options;
import static org.sipring.testkit.torture.TortureMessage.request;
import static org.sipring.testkit.torture.TortureMessage.valid;
import static org.sipring.testkit.torture.TortureMessage.with;

import java.util.List;

/** RFC 4475 section 3.1.1: messages that look odd and are sound. */
public final class Rfc4475Valid {
    private Rfc4475Valid() {}

    public static final String ODD_METHOD = "!odd-Method.0123456789*+`%_'~";
    public static final String LONG = "n".repeat(300);

    public static final TortureMessage SHORT_TORTUOUS_INVITE = valid(
            "3.1.1.1",
            "wsinv",
            """
            INVITE sip:grace@sipring.test;odd SIP/2.0
            tO :
             sip:grace@sipring.test ;   tag    = q7
            FROM   : "Ada \\\\\\""       <sip:ada@sipring.test>
              ;
              tag = w1
            mAx-FoRwArDs: 0042
            Call-ID: fold.1@phone
            Content-Length   : LENGTH
            cSeQ: 0007
              INVITE
            Via  : SIP  /   2.0
             /UDP
                127.0.0.1:PORT;branch=oldstyle
            s :
            X-Folded:   first part
             second part
            X-Punctuation: ;;,,;;,;
            c: application/sdp
            Route:
             <sip:proxy.sipring.test;lr;colour=red;flag>
            v:  SIP  / 2.0  / TCP     hop2.sipring.test   ;
              branch  =   z9hG4bKh2  ,
             SIP  /    2.0   / UDP  192.0.2.77   ; branch=
             z9hG4bKh3
            m:"Desk \\"2\\"" <sip:ada@192.0.2.77> ; newparam =
                  newvalue ;
              lonely ; q = 0.25

            v=0""");

    public static final TortureMessage WIDE_RANGE_OF_CHARACTERS = valid(
            "3.1.1.2",
            "intmeth",
            """
            METHOD sip:0-_.!~*'()&=+$,;?/:pass-_.!~*'()&=+$,@sipring.test SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:PORT;branch=z9hG4bK.!%*_+`'~-x
            To: "BEL:\\\7 NUL:\\\0 DEL:\\\177" <sip:grace@sipring.test>
            From: tok1.! tok2%*_+ tok3`'~ <sip:ada@sipring.test>;par'~+*_!.-%="αβγ \\"";tag=_t~'+`*%!-.
            Max-Forwards: 255
            Call-ID: odd%-!.*_+'@w`~)(><:\\/"][?}{
            CSeq: 1234567 METHOD
            X-odd!.%*+`_'~: любой текст
            Content-Length: LENGTH

            """
                    .replace("METHOD", ODD_METHOD));

    public static final TortureMessage ESCAPES = valid(
            "3.1.1.3",
            "esc01",
            more(
                    request("INVITE", "sip:sips%3Agrace%40example.org@sipring.test"),
                    "Contact: <sip:%61d%61@192.0.2.5;%6C%72;n%6fte=50%25%34%31>"));

    public static final TortureMessage ESCAPED_NULLS = valid(
            "3.1.1.4",
            "escnull",
            with(
                    more(
                            request("REGISTER", "sip:sipring.test"),
                            "Contact: <sip:%00@192.0.2.5>",
                            "Contact: <sip:%00%00@192.0.2.5>"),
                    "To",
                    "<sip:nul-%00-nul@sipring.test>"));

    public static final TortureMessage NO_ESCAPES = valid(
            "3.1.1.5",
            "esc02",
            more(
                    with(request("OPT%49ONS", "sip:grace@sipring.test"), "To", "\"%4Z%47\" <sip:grace@sipring.test>"),
                    "C%6Fntact: <sip:ada@192.0.2.5>"));

    public static final TortureMessage NO_BLANK_BEFORE_THE_BRACKET =
            valid("3.1.1.6", "lwsdisp", with(options(), "From", "Ada<sip:ada@sipring.test>;tag=w1"));

    public static final TortureMessage LONG_VALUES = valid(
            "3.1.1.7",
            "longreq",
            more(
                    with(
                            with(
                                    with(
                                            options("sip:" + LONG + "@sipring.test;p=" + LONG),
                                            "To",
                                            "\"" + LONG + "\" <sip:" + LONG + "@sipring.test>;" + LONG + "=" + LONG),
                                    "From",
                                    "<sip:ada@" + LONG + ".test>;tag=" + LONG),
                            "Call-ID",
                            LONG),
                    "X-" + LONG + ": " + LONG,
                    ("Via: SIP/2.0/TCP hop.test;branch=z9hG4bK" + LONG + "\n").repeat(30)
                            + "Contact: <sip:ada@192.0.2.5;" + LONG + ">;" + LONG + "=\"" + LONG + "\""));

    public static final TortureMessage EXTRA_TRAILING_OCTETS = valid(
                    "3.1.1.8",
                    "dblreq",
                    request("REGISTER", "sip:sipring.test").replace("LENGTH", "0")
                            + request("INVITE", "sip:grace@sipring.test")
                                    .replace("b1", "b2")
                                    .replace("LENGTH", "5") + "v=0\n")
            .overStreams(200, 200);

    public static final TortureMessage SEMICOLONS_IN_THE_USER =
            valid("3.1.1.9", "semiuri", options("sip:grace;seat=4%40desk@sipring.test"));

    public static final TortureMessage VARIED_TRANSPORTS = valid(
            "3.1.1.10",
            "transports",
            more(
                    options(),
                    "Via: SIP/2.0/CARRIER-PIGEON hop4.sipring.test;branch=z9hG4bKh4",
                    "Via: SIP/2.0/SCTP hop3.sipring.test;branch=z9hG4bKh3, SIP/2.0/TLS 192.0.2.3;branch=z9hG4bKh2",
                    "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKh1"));

    public static final TortureMessage MULTIPART = valid(
            "3.1.1.11",
            "mpart01",
            more(request("MESSAGE", "sip:grace@sipring.test"), "Content-Type: multipart/mixed;boundary=7a9cbec0")
                    + """
                    --7a9cbec0
                    Content-Type: text/plain

                    Hello
                    --7a9cbec0
                    Content-Type: application/octet-stream

                    \0\1\2\3

                    OPTIONS sip:x SIP/2.0\r\r\177
                    --7a9cbec0--
                    """);

    public static final TortureMessage UNUSUAL_REASON =
            valid("3.1.1.12", "unreason", response("200 7 * 11 % 77 = \"ноль\"; /δέκα/ <ok>"));

    public static final TortureMessage EMPTY_REASON = valid("3.1.1.13", "noreason", response("100 "));

    static final List<TortureMessage> ALL = List.of(
            SHORT_TORTUOUS_INVITE,
            WIDE_RANGE_OF_CHARACTERS,
            ESCAPES,
            ESCAPED_NULLS,
            NO_ESCAPES,
            NO_BLANK_BEFORE_THE_BRACKET,
            LONG_VALUES,
            EXTRA_TRAILING_OCTETS,
            SEMICOLONS_IN_THE_USER,
            VARIED_TRANSPORTS,
            MULTIPART,
            UNUSUAL_REASON,
            EMPTY_REASON);

    /** A response to an OPTIONS that nobody sent. */
    static String response(String status) {
        return "SIP/2.0 " + status + options().substring(options().indexOf('\n'));
    }
}
