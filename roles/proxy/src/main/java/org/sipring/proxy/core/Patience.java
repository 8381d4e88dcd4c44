package org.sipring.proxy.core;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipring.api.NodeId;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;

/** A branch waits for nodes that have too much to do, but only once. Lives in one loop. */
final class Patience {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private boolean waited;

    /** How long to wait before a way is taken: nothing, as a rule. Empty where too many wait for that node already. */
    Optional<Duration> turn(BusyNodes busy, Way way) {
        Optional<Duration> turn =
                !waited && way instanceof Way.Through through ? busy.turn(through.node()) : Optional.of(Duration.ZERO);
        waited |= turn.filter(wait -> !wait.isZero()).isPresent();
        return turn;
    }

    /** A node has answered that it is busy; tells whether it is worth while to wait for it. */
    boolean outlasts(BusyNodes busy, NodeId node, SipMessage refusal) {
        busy.said(node, retryAfter(refusal));
        return !waited;
    }

    private static Duration retryAfter(SipMessage refusal) {
        Matcher seconds = SECONDS.matcher(refusal.header(HeaderName.RETRY_AFTER).orElse(""));
        return seconds.lookingAt() ? Duration.ofSeconds(Long.parseLong(seconds.group())) : Duration.ZERO;
    }
}
