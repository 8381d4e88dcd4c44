package org.sipring.proxy.edge;

import java.util.List;
import java.util.Optional;
import org.sipring.sip.SipMessage;

/**
 * What a token is bound to: what all requests of a dialog have in common with the one that began it, and that one's proxy
 * knows. RFC 3261 section 12. The other side's tag is not chosen yet when a token is written.
 *
 * @param callId the Call-ID
 * @param tag the tag of who began the dialog: in From of its own requests, in To of the other side's; empty for none
 */
public record Bond(String callId, String tag) {
    /**
     * The dialog of a request of who began it.
     *
     * @param request the first of the dialog, or a later one
     * @return what the dialog's tokens are bound to
     */
    public static Bond ofSender(SipMessage request) {
        return new Bond(request.callId(), request.fromTag().orElse(""));
    }

    /**
     * The dialog of a request that goes to who began it.
     *
     * @param request within the dialog
     * @return what the dialog's tokens are bound to; empty outside of dialogs
     */
    public static Optional<Bond> ofReceiver(SipMessage request) {
        return request.toTag().map(tag -> new Bond(request.callId(), tag));
    }

    /**
     * The dialogs that a request may be of: either side may send it.
     *
     * @param request within a dialog or not
     * @return what the dialogs' tokens are bound to
     */
    public static List<Bond> of(SipMessage request) {
        Bond sender = ofSender(request);
        return ofReceiver(request).map(receiver -> List.of(sender, receiver)).orElseGet(() -> List.of(sender));
    }

    // No Call-ID holds a blank, RFC 3261 section 25.1.
    String subject() {
        return callId + ' ' + tag;
    }
}
