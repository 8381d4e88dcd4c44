package org.sipring.proxy.core;

import java.time.Duration;
import java.util.Optional;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.Flow;

/** Requests that register phones. Lives in one loop. */
final class Registering {
    // A ping may be lost on its way, and be sent again by TCP.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Registrations registrations;
    private final TransactionLayer layer;
    private final NatPings pings;

    Registering(Registrations registrations, TransactionLayer layer, NatPinging natPings) {
        this.registrations = registrations;
        this.layer = layer;
        pings = new NatPings(layer.loop(), natPings);
    }

    void register(ServerTransaction transaction) {
        Optional<String> account = transaction.request().to().sipUri().map(SipUri::aor);
        if (account.isEmpty()) {
            // RFC 3261 section 10.2: an address-of-record is a SIP or SIPS URI.
            transaction.respondStateless(transaction.response(400, "To Needs A SIP URI"));
        } else if (layer.door().bears(account.get())) {
            register(transaction, account.get());
        } else {
            transaction.respondLater();
        }
    }

    private void register(ServerTransaction transaction, String account) {
        layer.hear(
                transaction,
                registrations.register(transaction.request(), transaction.flow()),
                response -> {
                    if (response.status() < 300) {
                        // Only its user can have asked for this. The next one may be one too many.
                        layer.door().counts(account);
                        pings.registered(transaction.flow(), account, transaction.request(), response);
                    }
                    Answers.give(transaction, response);
                    expectKeepAlives(transaction.flow(), response);
                },
                transaction::respondUnavailable);
    }

    // RFC 5626 section 4.4: a phone that was told how often to send, and does not, is gone. Then its flow is broken for
    // whoever calls it, instead of silent.
    private void expectKeepAlives(Flow flow, SipMessage response) {
        response.header(HeaderName.FLOW_TIMER)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .ifPresent(timer -> layer.loop().closeAfterSilence(flow, timer.plus(GRACE)));
    }
}
