package org.sipring.proxy.core;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/**
 * Who may assert identities: the platform's own nodes, RFC 3325 section 2.3. What a phone asserts of itself, in a request
 * or a response, is taken out before anybody else sees it (sections 5 and 6).
 */
final class TrustDomain {
    private static final Set<HeaderName> ASSERTIONS = Collections.unmodifiableSet(
            EnumSet.of(HeaderName.P_ASSERTED_IDENTITY, HeaderName.P_PREFERRED_IDENTITY, HeaderName.REMOTE_PARTY_ID));

    private TrustDomain() {}

    /** A message without what its sender may not assert; mostly the message itself. */
    static SipMessage believed(SipMessage received, Flow from) {
        boolean sound = from.node().isPresent() || !received.hasAny(ASSERTIONS);
        return sound ? received : withoutAssertions(received.edit()).build();
    }

    /** A message of a trusted peer without what it asserts of users of ours: they prove who they are themselves. */
    static SipMessage withoutOurs(SipMessage received, Predicate<String> ours) {
        SipMessage sound = received;
        for (HeaderName name : ASSERTIONS) {
            List<String> values = sound.headers(name);
            List<String> others =
                    values.stream().filter(value -> !names(value, ours)).toList();
            if (others.size() < values.size()) {
                MessageBuilder edit = sound.edit().remove(name);
                others.forEach(value -> edit.add(name, value));
                sound = edit.build();
            }
        }
        return sound;
    }

    // What cannot be read may be read otherwise by others.
    private static boolean names(String value, Predicate<String> ours) {
        Optional<NameAddr> address = NameAddr.parse(value);
        return address.isEmpty()
                || address.flatMap(NameAddr::sipUri)
                        .map(Foreign::shown)
                        .filter(ours)
                        .isPresent();
    }

    private static MessageBuilder withoutAssertions(MessageBuilder edit) {
        ASSERTIONS.forEach(edit::remove);
        return edit;
    }
}
