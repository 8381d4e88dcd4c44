package org.sipring.sip.transaction;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;

/**
 * The To tags of what this node itself answers. They are made from the request and a secret, not drawn: who keeps no
 * transaction must give a repeated request the same tag (RFC 3261 section 8.2.7), and the tag of an ACK tells that it
 * acknowledges an answer of ours. Lives in one loop; all loops share the secret.
 */
final class OwnTags {
    private static final String HMAC = "HmacSHA256";
    private static final int TAG_BYTES = 8;

    private final Mac mac;

    OwnTags(byte[] secret) {
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no " + HMAC + ": use a complete JDK", broken);
        }
    }

    /** The tag of each answer to a request, and of the ACK that follows. */
    String of(SipMessage request) {
        Via via = request.topVia();
        add(via.branch().orElse(""));
        add(via.sentBy());
        add(request.callId());
        return HexFormat.of().formatHex(mac.doFinal(), 0, TAG_BYTES);
    }

    private void add(String text) {
        mac.update(text.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
    }

    /** Whether an ACK acknowledges an answer of this node's own. */
    boolean acknowledgedBy(SipMessage ack) {
        return ack.toTag().filter(tag -> tag.equals(of(ack))).isPresent();
    }
}
