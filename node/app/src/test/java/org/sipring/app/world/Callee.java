package org.sipring.app.world;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transaction.TransactionUser;
import org.sipring.sip.transport.Flow;

/** The half of a phone that is called. */
final class Callee implements TransactionUser {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Phone phone;
    private final TransactionLayer layer;
    private final Calls calls;
    private final Set<String> ringing = new HashSet<>();
    private final Set<String> heard = new HashSet<>();

    Callee(Phone phone, TransactionLayer layer, Calls calls) {
        this.phone = phone;
        this.layer = layer;
        this.calls = calls;
    }

    @Override
    public void request(ServerTransaction transaction) {
        Optional<Call> call = calls.find(transaction.request().callId());
        String method = transaction.request().method();
        if (call.isEmpty()) {
            transaction.respond(481);
        } else if (method.equals("INVITE")) {
            invited(transaction, call.get());
        } else if (method.equals("BYE")) {
            boolean known = call.get().of(phone).isPresent();
            transaction.respond(known ? 200 : 481);
            call.get().hungUp(phone);
        } else {
            transaction.respond(501);
        }
    }

    private void invited(ServerTransaction transaction, Call call) {
        if (!ringing.add(call.id())) {
            // RFC 3261 section 8.2.2.2: the same request by another way.
            transaction.respond(482);
        } else if (call.mayBeTakenBy(phone)) {
            ring(transaction, call);
        } else {
            transaction.respond(486);
        }
    }

    private void ring(ServerTransaction transaction, Call call) {
        SipMessage invite = transaction.request();
        call.rings(phone);
        transaction.respond(180);
        calls.ringing().ifPresent(time -> layer.loop().ticker().after(time, () -> {
            if (!transaction.answered()) {
                take(transaction, invite, call);
            }
        }));
    }

    private void take(ServerTransaction transaction, SipMessage invite, Call call) {
        SipMessage ok = Responses.dialogForming(invite, 200, "OK", phone.tag())
                .add("Contact", '<' + phone.contact() + '>')
                .add("Content-Length", "0")
                .build();
        call.taken(phone, Dialog.ofCallee(invite, phone.tag()));
        repeat(transaction, ok, call, T1, Duration.ZERO);
    }

    // RFC 3261 section 13.3.1.4.
    private void repeat(ServerTransaction transaction, SipMessage ok, Call call, Duration pause, Duration passed) {
        if (heard.contains(call.id()) || passed.compareTo(PATIENCE) > 0) {
            return;
        }
        if (!passed.isZero()) {
            call.takenAgain();
        }
        transaction.respond(ok);
        Duration twice = pause.multipliedBy(2);
        Duration next = twice.compareTo(T2) < 0 ? twice : T2;
        layer.loop().ticker().after(pause, () -> repeat(transaction, ok, call, next, passed.plus(pause)));
    }

    @Override
    public void ack(Flow flow, SipMessage ack) {
        heard.add(ack.callId());
        calls.find(ack.callId()).ifPresent(call -> call.acknowledged(phone));
    }
}
