package org.sipring.sip.transaction;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.sipring.api.Ticker;
import org.sipring.sip.HostPort;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Params;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;

/** The client transactions of one loop, by branch and method and by connection. */
final class ClientTable implements ClientSide {
    // A CANCEL's outcome shows in its INVITE's.
    private static final ClientEvents NOBODY = new ClientEvents() {
        @Override
        public void response(SipMessage response) {}

        @Override
        public void failed(Failure failure) {}
    };

    private final SipStack stack;
    private final SipLoop loop;
    private final Supplier<TimerSettings> timers;
    private final Runnable changed;
    private final Map<String, ClientTransaction> open = new HashMap<>();
    private final Map<Long, Set<ClientTransaction>> byConnection = new HashMap<>();
    private long names;

    ClientTable(SipStack stack, SipLoop loop, Supplier<TimerSettings> timers, Runnable changed) {
        this.stack = stack;
        this.loop = loop;
        this.timers = timers;
        this.changed = changed;
    }

    int size() {
        return open.size();
    }

    ClientTransaction send(MessageBuilder edit, Flow flow, String mark, ClientEvents events) {
        SipMessage request = edit.pushVia(via(flow, mark)).build();
        return start(
                request.method().equals("INVITE")
                        ? new InviteClient(request, flow, events, this)
                        : new NonInviteClient(request, flow, events, this));
    }

    boolean sendAck(MessageBuilder ack, Flow flow) {
        return send(flow, ack.pushVia(via(flow, "")).build());
    }

    private Via via(Flow flow, String mark) {
        names++;
        String branch = Branch.make(loop.index(), names, stack.chance, mark);
        // RFC 3581: over UDP we send from the port that we name, but a NAT may stand between.
        Params params = Params.NONE.with("branch", branch);
        if (flow.proof().mutual()) {
            // RFC 5923 section 8: the other side may send its requests over this connection.
            params = params.with("alias", null);
        }
        return new Via(
                flow.transport().via(),
                HostPort.host(flow.local().getAddress()),
                flow.local().getPort(),
                flow.transport().reliable() ? params : params.with("rport", null));
    }

    private ClientTransaction start(ClientTransaction transaction) {
        open.put(transaction.key(), transaction);
        if (transaction.flow.transport().reliable()) {
            byConnection
                    .computeIfAbsent(transaction.flow.connection(), key -> new LinkedHashSet<>())
                    .add(transaction);
        }
        changed.run();
        transaction.start();
        return transaction;
    }

    void response(SipMessage response) {
        ClientTransaction transaction = open.get(ClientTransaction.key(response));
        if (transaction == null) {
            stack.counters.strays().run();
        } else {
            transaction.received(response);
        }
    }

    void closed(Flow flow) {
        Set<ClientTransaction> broken = byConnection.get(flow.connection());
        if (broken != null) {
            List.copyOf(broken).forEach(ClientTransaction::broken);
        }
    }

    @Override
    public void finished(ClientTransaction transaction) {
        open.remove(transaction.key(), transaction);
        Set<ClientTransaction> siblings = byConnection.get(transaction.flow.connection());
        if (siblings != null && siblings.remove(transaction) && siblings.isEmpty()) {
            byConnection.remove(transaction.flow.connection());
        }
        changed.run();
    }

    @Override
    public void cancel(InviteClient invite) {
        start(new NonInviteClient(HopRequests.cancel(invite.request()), invite.flow, NOBODY, this));
    }

    @Override
    public TimerSettings timers() {
        return timers.get();
    }

    @Override
    public Ticker.Timer after(Duration delay, Runnable task) {
        return loop.ticker().after(delay, task);
    }

    @Override
    public boolean send(Flow flow, SipMessage request) {
        return loop.send(flow, request.bytes());
    }
}
