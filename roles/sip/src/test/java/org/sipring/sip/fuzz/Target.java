package org.sipring.sip.fuzz;

import java.util.List;
import java.util.function.Consumer;
import org.sipring.sip.dns.wire.AnswersTarget;
import org.sipring.sip.transport.StunTarget;
import org.sipring.sip.transport.WebSocketTarget;

/**
 * What is fuzzed.
 *
 * @param type what Jazzer calls
 * @param run the same: takes any bytes, and throws where a property does not hold
 * @param seeds inputs to begin from
 */
record Target(Class<?> type, Consumer<byte[]> run, List<byte[]> seeds) {
    static List<Target> all() {
        return List.of(
                new Target(MessageTarget.class, MessageTarget::fuzzerTestOneInput, Seeds.messages()),
                new Target(JainTarget.class, JainTarget::fuzzerTestOneInput, Seeds.messages()),
                new Target(StreamTarget.class, StreamTarget::fuzzerTestOneInput, Seeds.streams()),
                new Target(UriTarget.class, UriTarget::fuzzerTestOneInput, Seeds.uris()),
                new Target(HeaderTarget.class, HeaderTarget::fuzzerTestOneInput, Seeds.headers()),
                new Target(CostTarget.class, CostTarget::fuzzerTestOneInput, Seeds.pieces()),
                new Target(WebSocketTarget.class, WebSocketTarget::fuzzerTestOneInput, Seeds.webSockets()),
                new Target(StunTarget.class, StunTarget::fuzzerTestOneInput, Seeds.stun()),
                new Target(AnswersTarget.class, AnswersTarget::fuzzerTestOneInput, Seeds.answers()));
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
