package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestClient;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ClientTransaction;

/** A phone's request until it is answered: says who it is when it is asked. */
final class Errand {
    // The first nonce may be stale, the next one of a node that has just died.
    private static final int PROOFS = 3;

    private final Phone phone;
    private final DigestClient digest;
    private final Consumer<Optional<SipMessage>> heard;
    private LongConsumer counted = number -> {};
    private @Nullable ClientTransaction current;
    private boolean cancelled;
    private boolean renewed;
    private int proofs;

    /** Hears each answer but challenges, and, as empty, that none will come. */
    Errand(Phone phone, DigestClient digest, Consumer<Optional<SipMessage>> heard) {
        this.phone = phone;
        this.digest = digest;
        this.heard = heard;
    }

    /** Who wants to know the numbers that were used up. */
    Errand counting(LongConsumer listener) {
        counted = listener;
        return this;
    }

    void send(SipMessage request, InetSocketAddress node) {
        counted.accept(request.cseq().number());
        phone.open(node, flow -> {
            if (flow.isEmpty() || cancelled) {
                heard.accept(Optional.empty());
                return;
            }
            current = phone.layer().send(request.edit(), flow.get(), "", new ClientEvents() {
                @Override
                public void response(SipMessage response) {
                    answered(request, node, response);
                }

                @Override
                public void failed(Failure failure) {
                    broken(request, node, failure);
                }
            });
        });
    }

    private void answered(SipMessage request, InetSocketAddress node, SipMessage response) {
        boolean challenge = response.status() == 401 || response.status() == 407;
        if (challenge && !cancelled && proofs < PROOFS) {
            proofs++;
            digest.retry(request, response).ifPresent(proved -> send(proved.build(), node));
        } else {
            heard.accept(Optional.of(response));
        }
    }

    // The node may have died long ago: over a new connection, once.
    private void broken(SipMessage request, InetSocketAddress node, ClientEvents.Failure failure) {
        if (failure == ClientEvents.Failure.TRANSPORT && !renewed && !cancelled) {
            renewed = true;
            send(request, node);
        } else {
            heard.accept(Optional.empty());
        }
    }

    void cancel() {
        cancelled = true;
        if (current != null) {
            current.cancel();
        }
    }
}
