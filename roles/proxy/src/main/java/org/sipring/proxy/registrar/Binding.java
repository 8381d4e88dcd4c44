package org.sipring.proxy.registrar;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.sipring.api.Stamp;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Params;
import org.sipring.sip.SipUri;

/**
 * One contact of an address-of-record, or, {@code removed}, the memory that there was one. RFC 3261 section 10.
 *
 * @param contact the contact's URI as it was registered
 * @param params the Contact's parameters but {@code expires}, as they were written
 * @param callId the Call-ID of the REGISTER that wrote it
 * @param cseq the CSeq number of that REGISTER
 * @param expires when it ends, or when its removal may be forgotten; milliseconds since 1970 by its owner's clock
 * @param origin where that REGISTER came from
 * @param stamp when it was registered or removed; of two of one key the greater wins
 * @param removed whether only the memory is left
 */
public record Binding(
        String contact,
        String params,
        String callId,
        long cseq,
        long expires,
        Origin origin,
        Stamp stamp,
        boolean removed) {
    /** Where a contact has no q. RFC 3261 section 20.10 leaves it open: as much preferred as any. */
    public static final double UNSAID_Q = 1;

    /**
     * The contact's URI, read.
     *
     * @return the URI; empty for one that is not SIP or SIPS, which a phone may register but no call is sent to
     */
    public Optional<SipUri> uri() {
        return SipUri.parse(contact);
    }

    /**
     * The phone's preference among the contacts. RFC 3261 section 20.10.
     *
     * @return 0 to 1, or empty where it has none
     */
    public OptionalDouble q() {
        return new NameAddr("", contact, parsed()).q();
    }

    /**
     * The phone's lasting name. RFC 5626 section 4.1.
     *
     * @return the value of {@code +sip.instance}, or empty where it has none
     */
    public Optional<String> instance() {
        return parsed().value(Outbound.INSTANCE);
    }

    /**
     * The flow's number among those of the instance. RFC 5626 section 4.2.
     *
     * @return {@code reg-id}, or empty where there is none
     */
    public OptionalInt regId() {
        return parsed().value(Outbound.REG_ID)
                .filter(Outbound::number)
                .map(number -> OptionalInt.of(Integer.parseInt(number)))
                .orElse(OptionalInt.empty());
    }

    private Params parsed() {
        return params.isEmpty() ? Params.NONE : Params.parse(params).orElse(Params.NONE);
    }

    /**
     * Tells whether somebody can be reached by it.
     *
     * @param now the time of day
     * @return false for a removed or expired one
     */
    public boolean live(Instant now) {
        return !removed && expires > now.toEpochMilli();
    }

    /**
     * What makes it one binding, of all sides of a partition. Text, not RFC 3261 section 19.1.4: that comparison is
     * not transitive, so that no merge by it could be associative.
     */
    String key() {
        return outbound() ? instance().orElseThrow() + '|' + regId().getAsInt() : contact;
    }

    /** Whether a registration of the other contact replaces this one. RFC 3261 section 10.3 step 7, RFC 5626. */
    boolean sameAs(Binding other) {
        return key().equals(other.key()) || (!outbound() && !other.outbound() && sameUri(other));
    }

    /** Whether the other one would be gone if this had been told to who knew it. */
    boolean replaces(Binding other) {
        return stamp.compareTo(other.stamp) > 0 && sameAs(other);
    }

    private boolean sameUri(Binding other) {
        return uri().flatMap(uri -> other.uri().filter(uri::matches)).isPresent();
    }

    private boolean outbound() {
        return regId().isPresent() && instance().isPresent();
    }

    /** Whether a REGISTER is too late to change this. RFC 3261 section 10.3 steps 6 and 7. */
    boolean after(String otherCallId, long otherCSeq) {
        return callId.equals(otherCallId) && cseq >= otherCSeq;
    }

    /**
     * The memory that its flow is lost. It has the stamp of what was registered over that flow, and so takes nothing away
     * that was registered later, not even on the other side of a partition.
     */
    Binding lost(long forgetAt) {
        return new Binding(contact, params, callId, cseq, forgetAt, origin.removed(), stamp, true);
    }

    /** Whether it was registered over a flow; a contact as a Request-URI, with or without SIPS. */
    boolean over(FlowRef flow, String uri) {
        return !removed
                && origin.flow().equals(flow)
                && uri().map(SipUri::forRequest)
                        .map(SipUri::relaxed)
                        .equals(SipUri.parse(uri).map(SipUri::relaxed));
    }

    Binding remove(String byCallId, long byCSeq, long forgetAt, Stamp at) {
        return new Binding(contact, params, byCallId, byCSeq, forgetAt, origin.removed(), at, true);
    }
}
