package org.sipring.proxy.core;

import java.util.List;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/**
 * Who may assert identities: the platform's own nodes, RFC 3325 section 2.3. What a phone asserts of itself, in a request
 * or a response, is taken out before anybody else sees it (sections 5 and 6).
 */
final class TrustDomain {
    private static final List<HeaderName> ASSERTIONS =
            List.of(HeaderName.P_ASSERTED_IDENTITY, HeaderName.P_PREFERRED_IDENTITY, HeaderName.REMOTE_PARTY_ID);

    private TrustDomain() {}

    /** A message without what its sender may not assert; mostly the message itself. */
    static SipMessage believed(SipMessage received, Flow from) {
        boolean sound = from.node().isPresent()
                || ASSERTIONS.stream().allMatch(name -> received.header(name).isEmpty());
        return sound ? received : withoutAssertions(received.edit()).build();
    }

    private static MessageBuilder withoutAssertions(MessageBuilder edit) {
        ASSERTIONS.forEach(edit::remove);
        return edit;
    }
}
