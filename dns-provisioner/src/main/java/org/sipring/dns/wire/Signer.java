package org.sipring.dns.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/** A server's side of TSIG (RFC 8945 section 5). Callable from any thread. */
final class Signer {
    private final TsigKey key;
    private final Clock clock;
    private final TSIG tsig;

    Signer(TsigKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
        this.tsig = key.signer(clock);
    }

    TSIG tsig() {
        return tsig;
    }

    /**
     * Judges a request's signature.
     *
     * @return NOERROR, or the TSIG error to answer with: BADKEY, BADSIG, BADTIME
     */
    int judge(Request request) {
        return tsig.verify(request.message(), request.bytes(), null);
    }

    /** The answer's bytes, signed when the request was, cut to the request's limit. */
    byte[] sealed(Request request, Message answer) {
        return sealed(request, answer, Rcode.NOERROR);
    }

    /** As {@link #sealed(Request, Message)}; with an error the answer says that the signature is not good. */
    byte[] sealed(Request request, Message answer, int error) {
        TSIGRecord asked = request.tsig();
        if (asked != null && error == Rcode.BADTIME) {
            return badTime(answer, asked);
        }
        if (asked != null && error != Rcode.NOERROR) {
            return with(answer.toWire(request.limit()), unsigned(answer, asked, error));
        }
        if (asked != null) {
            answer.setTSIG(tsig, Rcode.NOERROR, asked);
        }
        return answer.toWire(request.limit());
    }

    /** RFC 8945 section 5.3.2: BADKEY and BADSIG are answered without a MAC, in the request's own key name. */
    private static TSIGRecord unsigned(Message answer, TSIGRecord asked, int error) {
        return record(asked.getName(), asked.getAlgorithm(), asked, new byte[0], answer, error, null);
    }

    /**
     * RFC 8945 section 5.2.3: the answer tells the server's time, under the request's time, and is signed. dnsjava
     * leaves the time told out of the MAC (section 4.3.3 wants it in), so the MAC is made here.
     */
    private byte[] badTime(Message answer, TSIGRecord asked) {
        byte[] told = time(clock.instant());
        ByteBuffer last = ByteBuffer.allocate(8 + 4 + told.length);
        last.put(time(asked.getTimeSigned())).putShort((short) asked.getFudge().toSeconds());
        last.putShort((short) Rcode.BADTIME).putShort((short) told.length).put(told);
        byte[] message = answer.toWire(Message.MAXLENGTH);
        byte[] mac = mac(asked, message, last.array());
        return with(message, record(key.owner(), TSIG.HMAC_SHA256, asked, mac, answer, Rcode.BADTIME, told));
    }

    /** The vendor would put the OPT behind it, but a TSIG is the last record. */
    private static byte[] with(byte[] message, TSIGRecord tsig) {
        byte[] record = tsig.toWire(Section.ADDITIONAL);
        ByteBuffer out =
                ByteBuffer.allocate(message.length + record.length).put(message).put(record);
        return out.putShort(10, (short) (out.getShort(10) + 1)).array();
    }

    private byte[] mac(TSIGRecord asked, byte[] message, byte[] last) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.secret());
            byte[] request = asked.getSignature();
            mac.update(new byte[] {(byte) (request.length >> 8), (byte) request.length});
            mac.update(request);
            mac.update(message);
            mac.update(key.owner().toWireCanonical());
            mac.update(new byte[] {0, (byte) DClass.ANY, 0, 0, 0, 0});
            mac.update(TSIG.HMAC_SHA256.toWireCanonical());
            return mac.doFinal(last);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static TSIGRecord record(
            Name name,
            Name algorithm,
            TSIGRecord asked,
            byte[] mac,
            Message answer,
            int error,
            byte @Nullable [] other) {
        return new TSIGRecord(
                name,
                DClass.ANY,
                0,
                algorithm,
                asked.getTimeSigned(),
                asked.getFudge(),
                mac,
                answer.getHeader().getID(),
                error,
                other);
    }

    /** 48 bits of seconds (RFC 8945 section 4.2). */
    private static byte[] time(Instant at) {
        byte[] all = ByteBuffer.allocate(8).putLong(at.getEpochSecond()).array();
        return Arrays.copyOfRange(all, 2, 8);
    }
}
