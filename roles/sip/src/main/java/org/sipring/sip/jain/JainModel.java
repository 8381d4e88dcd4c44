package org.sipring.sip.jain;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParserFactory;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.sipring.sip.SipMessage;

/**
 * Shows messages as jain-sip objects. They are copies: changing them changes no message. Each call parses anew; keep
 * the result. Callable from any thread.
 */
public final class JainModel {
    private JainModel() {}

    /**
     * Reads every line of a header.
     *
     * @param message the message that holds it
     * @param name the header's long name
     * @return jain-sip's header or header list, one a value; empty when there is none or jain-sip refuses one
     */
    public static List<Header> headers(SipMessage message, String name) {
        List<Header> headers = new ArrayList<>();
        for (String value : message.headers(name)) {
            Optional<Header> header = header(name, value);
            if (header.isEmpty()) {
                return List.of();
            }
            headers.add(header.get());
        }
        return List.copyOf(headers);
    }

    private static Optional<Header> header(String name, String value) {
        try {
            return Optional.of(
                    ParserFactory.createParser(name + ": " + value + "\n").parse());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a whole message.
     *
     * @param message the message
     * @return jain-sip's request or response; empty when jain-sip refuses it
     */
    public static Optional<Message> message(SipMessage message) {
        return message(message.bytes());
    }

    /**
     * Reads a whole message from bytes that nobody checked, as jain-sip's own datagram receiver would.
     *
     * @param bytes the message
     * @return jain-sip's request or response; empty when jain-sip refuses it
     */
    public static Optional<Message> message(byte[] bytes) {
        try {
            SIPMessage parsed = new StringMsgParser().parseSIPMessage(bytes.clone(), true, true, null);
            return Optional.ofNullable(parsed);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }
}
