package org.sipring.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sip.address.SipURI;
import javax.sip.message.Request;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.jain.JainModel;

/** Any bytes as a message, read by us and by jain-sip: where both accept it, they read the same transaction and dialog. */
public final class JainTarget {
    private static final Pattern PLAIN = Pattern.compile("(;[-.!%*+`'~\\w]+(=[-.!%*+`'~\\w:]+)?)*");

    private JainTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (SipMessage.parse(input) instanceof ParseResult.Parsed parsed && plain(parsed.message())) {
            theirs(parsed.message()).ifPresent(other -> agree(parsed.message(), other));
        }
    }

    /** Where a parameter is none by the grammar, jain-sip ends the header without a word. */
    private static boolean plain(SipMessage message) {
        return Stream.of(
                        message.topVia().params(),
                        message.from().params(),
                        message.to().params())
                .allMatch(params -> PLAIN.matcher(params.toString()).matches());
    }

    private static Optional<SIPMessage> theirs(SipMessage message) {
        try {
            return JainModel.message(message.bytes())
                    .map(SIPMessage.class::cast)
                    .filter(theirs -> whole(message, theirs));
        } catch (RuntimeException refusal) {
            return Optional.empty();
        }
    }

    /** It leaves out the headers that it refuses, and takes the next Via for the first. */
    private static boolean whole(SipMessage ours, SIPMessage theirs) {
        return Stream.of(theirs.getFrom(), theirs.getTo(), theirs.getCallId(), theirs.getCSeq(), theirs.getViaHeaders())
                        .allMatch(Objects::nonNull)
                && theirs.getViaHeaders().size() == ours.headers("Via").size();
    }

    private static void agree(SipMessage ours, SIPMessage theirs) {
        assertThat(theirs.getCallId().getCallId()).isEqualTo(ours.callId());
        assertThat(theirs.getCSeq().getSeqNumber()).isEqualTo(ours.cseq().number());
        assertThat(theirs.getCSeq().getMethod()).isEqualTo(ours.cseq().method());
        assertThat(theirs.getFromTag()).isEqualTo(ours.fromTag().orElse(null));
        assertThat(theirs.getToTag()).isEqualTo(ours.toTag().orElse(null));
        assertThat(theirs.getTopmostVia().getBranch())
                .isEqualTo(ours.topVia().branch().orElse(null));
        sameHost(theirs.getTopmostVia().getHost(), ours.topVia().host());
        if (theirs instanceof Request request && request.getRequestURI() instanceof SipURI uri) {
            SipUri mine = ours.requestSipUri().orElseThrow();
            sameHost(uri.getHost(), mine.host());
            assertThat(uri.getPort()).isEqualTo(mine.port());
        }
    }

    /** An IPv6 address with a colon too many is kept by jain-sip and mended by us: RFC 5118 section 4.10. */
    private static void sameHost(String theirs, String ours) {
        if (!ours.startsWith("[")) {
            assertThat(theirs).isEqualToIgnoringCase(ours);
        }
    }
}
