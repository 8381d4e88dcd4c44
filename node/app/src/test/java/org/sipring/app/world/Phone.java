package org.sipring.app.world;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;

/** A phone: it registers one contact of an address-of-record, again and again. Not a NATed one. */
final class Phone {
    private final String user;
    private final int number;
    private int cseq;

    Phone(String user, int number) {
        this.user = user;
        this.number = number;
    }

    String aor() {
        return user + "@sipring.test";
    }

    String contact() {
        return "sip:" + user + "@192.0.2." + number + ":5060";
    }

    InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) number}), 5060);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The next REGISTER: RFC 3261 section 10.2. */
    SipMessage register(int expires) {
        cseq++;
        String text = String.join(
                "\r\n",
                "REGISTER sip:sipring.test SIP/2.0",
                "Via: SIP/2.0/UDP 192.0.2." + number + ":5060;branch=z9hG4bK" + number + "x" + cseq,
                "Max-Forwards: 70",
                "From: <sip:" + aor() + ">;tag=" + number,
                "To: <sip:" + aor() + ">",
                "Call-ID: phone-" + number,
                "CSeq: " + cseq + " REGISTER",
                "Contact: <" + contact() + ">;expires=" + expires,
                "Content-Length: 0",
                "",
                "");
        ParseResult result = SipMessage.parse(text.getBytes(StandardCharsets.UTF_8));
        return ((ParseResult.Parsed) result).message();
    }

    @Override
    public String toString() {
        return "phone" + number;
    }
}
