package org.sipring.sip.transaction;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.HostPort;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Receiver;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/** The transactions of one loop. All methods are called in its room, except {@link #size}. */
public final class TransactionLayer implements Receiver {
    private final SipStack stack;
    private final SipLoop loop;
    private final Map<String, ServerTransaction> servers = new HashMap<>();
    private final ClientTable clients;
    private final OwnTags tags;
    private final ResponseSender sender;
    private final Door door;
    private @Nullable TransactionUser user;
    private volatile int size;

    TransactionLayer(SipStack stack, SipLoop loop) {
        this.stack = stack;
        this.loop = loop;
        clients = new ClientTable(stack, loop, this::timers, this::counted);
        tags = stack.tags();
        sender = new ResponseSender(loop, tags, this::timers, this::finished, stack::retryAfterSeconds);
        door = stack.door(loop);
    }

    void serve(TransactionUser above) {
        user = above;
    }

    /**
     * The loop that this layer works in.
     *
     * @return the loop
     */
    public SipLoop loop() {
        return loop;
    }

    /**
     * Who is heard in this loop.
     *
     * @return the loop's door
     */
    public Door door() {
        return door;
    }

    int size() {
        return size;
    }

    /**
     * Sends a request in a transaction of its own.
     *
     * @param request everything but our Via, which is put on top
     * @param flow where to send it
     * @param mark what {@link Branch#mark} will find in our branch; letters and digits
     * @param events hears what becomes of it, perhaps at once
     * @return the transaction
     */
    public ClientTransaction send(MessageBuilder request, Flow flow, String mark, ClientEvents events) {
        return clients.send(request, flow, mark, events);
    }

    /**
     * Sends a request that has no answer: an ACK of a 2xx.
     *
     * @param ack everything but our Via, which is put on top
     * @param flow where to send it
     * @return false when the flow is closed
     */
    public boolean sendAck(MessageBuilder ack, Flow flow) {
        return clients.sendAck(ack, flow);
    }

    /**
     * Brings what others answer back into this room: at once where it is already there.
     *
     * @param stage completes on any thread
     * @param then hears the value in this room
     * @param failed hears a failure in this room
     * @param <T> the value's type
     */
    public <T> void hear(CompletionStage<T> stage, Consumer<T> then, Runnable failed) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isCompletedExceptionally()) {
            failed.run();
        } else if (future.isDone()) {
            // Not as a further stage, which would keep to itself what goes wrong here.
            then.accept(future.join());
        } else {
            stage.whenComplete((value, failure) -> loop.ticker().execute(() -> tell(value, failure, then, failed)));
        }
    }

    /**
     * The same, for what goes on with the work on a request, see {@link ServerTransaction#work}.
     *
     * @param transaction the request
     * @param stage completes on any thread
     * @param then hears the value in this room
     * @param failed hears a failure in this room
     * @param <T> the value's type
     */
    public <T> void hear(ServerTransaction transaction, CompletionStage<T> stage, Consumer<T> then, Runnable failed) {
        hear(stage, value -> transaction.work(() -> then.accept(value)), () -> transaction.work(failed));
    }

    private static <T> void tell(T value, @Nullable Throwable failure, Consumer<T> then, Runnable failed) {
        if (failure == null) {
            then.accept(value);
        } else {
            failed.run();
        }
    }

    @Override
    public boolean hears(InetAddress source, Transport transport) {
        return door.hears(source, transport);
    }

    @Override
    public boolean drops(InetAddress source, BooleanSupplier response) {
        return door.drops(source, response);
    }

    @Override
    public void received(Flow flow, ParseResult result) {
        if (result instanceof ParseResult.Parsed parsed) {
            received(flow, parsed.message());
            return;
        }
        stack.counters.junk().run();
        if (door.request(flow) == Door.Pass.NOW && result instanceof ParseResult.Bad bad) {
            refuse(
                    flow,
                    bad.request(),
                    Responses.of(bad.request(), bad.status(), bad.reason(), tags.of(bad.request())));
        }
    }

    private void received(Flow flow, SipMessage message) {
        if (message.isRequest()) {
            stack.counters.requests().run();
            judged(flow, message);
        } else {
            stack.counters.responses().run();
            response(message);
        }
    }

    private void judged(Flow flow, SipMessage request) {
        Door.Pass pass = door.request(flow);
        if (pass == Door.Pass.NOW) {
            request(flow, noted(flow, request));
        } else if (pass == Door.Pass.LATER && !request.method().equals("ACK")) {
            later(flow, noted(flow, request));
        }
    }

    /** What is being worked on, and is only repeated, gets no other answer than that. */
    private void later(Flow flow, SipMessage request) {
        if (!servers.containsKey(ServerKey.of(request))) {
            unavailable(flow, request);
        }
    }

    // RFC 3261 section 18.2.1, RFC 3581 section 4. Only where there is something to say: it copies the message.
    private static SipMessage noted(Flow flow, SipMessage request) {
        Via via = request.topVia();
        String source = HostPort.plain(flow.remote().getAddress());
        boolean nothing = via.host().equals(source)
                && !via.params().has("rport")
                && !via.params().has("received");
        return nothing
                ? request
                : request.edit()
                        .topViaReceivedRport(source, flow.remote().getPort())
                        .build();
    }

    private void request(Flow flow, SipMessage request) {
        String key = ServerKey.of(request);
        ServerTransaction known = servers.get(key);
        if (request.method().equals("ACK")) {
            ack(flow, request, known);
        } else if (known != null) {
            known.repeated();
        } else if (size >= stack.settings.most()) {
            overload(flow, request);
        } else if (request.method().equals("CANCEL")) {
            cancel(flow, request, stack.loops());
        } else {
            begin(open(key, flow, request));
        }
    }

    // Without an answer a transaction has no timer, and would stay for ever.
    private void begin(ServerTransaction opened) {
        try {
            above().request(opened);
        } catch (RuntimeException | StackOverflowError bug) {
            opened.broken();
            throw bug;
        }
    }

    private void ack(Flow flow, SipMessage ack, @Nullable ServerTransaction known) {
        boolean absorbed = known instanceof InviteServer invite && invite.acknowledged();
        if (!absorbed && !tags.acknowledgedBy(ack)) {
            above().ack(flow, ack);
        }
    }

    // A CANCEL may come in another loop than its INVITE, from another port or connection: each loop is asked once.
    private void cancel(Flow flow, SipMessage cancel, int loopsToAsk) {
        ServerTransaction invite = servers.get(ServerKey.invite(cancel));
        if (invite == null && loopsToAsk > 1) {
            TransactionLayer next = stack.layer((loop.index() + 1) % stack.loops());
            next.loop.ticker().execute(() -> next.cancel(flow, cancel, loopsToAsk - 1));
            return;
        }
        if (invite == null) {
            refuse(flow, cancel, Responses.of(cancel, 481, tags.of(cancel)));
            return;
        }
        open(ServerKey.of(cancel), flow, cancel).respond(200);
        invite.cancelled();
    }

    private ServerTransaction open(String key, Flow flow, SipMessage request) {
        ServerTransaction opened = request.method().equals("INVITE")
                ? new InviteServer(key, request, sender.way(flow, request), sender)
                : new NonInviteServer(key, request, sender.way(flow, request), sender);
        servers.put(key, opened);
        counted();
        return opened;
    }

    private void overload(Flow flow, SipMessage request) {
        stack.counters.overload().run();
        unavailable(flow, request);
    }

    private void unavailable(Flow flow, SipMessage request) {
        refuse(flow, request, Responses.unavailable(request, tags.of(request), stack.retryAfterSeconds()));
    }

    private void refuse(Flow flow, SipMessage request, SipMessage response) {
        sender.replyStateless(sender.way(flow, request), response.bytes());
    }

    private void response(SipMessage response) {
        OptionalInt owner = response.topVia()
                .branch()
                .map(branch -> Branch.loop(branch, stack.loops()))
                .orElse(OptionalInt.empty());
        if (owner.isEmpty()) {
            stack.counters.strays().run();
        } else if (owner.getAsInt() == loop.index()) {
            clients.response(response);
        } else {
            TransactionLayer other = stack.layer(owner.getAsInt());
            other.loop.ticker().execute(() -> other.clients.response(response));
        }
    }

    @Override
    public void closed(Flow flow) {
        clients.closed(flow);
        if (flow.node().isPresent()) {
            // Each by itself: what fails for one must not let the others ring.
            orphaned(flow).forEach(invite -> loop.ticker().execute(() -> invite.work(invite::cancelled)));
        }
    }

    // What came over a node's link is answered over it or not at all, and its CANCEL would have come that way: the node
    // has given the call up. What came from a phone may be answered over another connection, RFC 3261 section 18.2.2.
    private List<ServerTransaction> orphaned(Flow link) {
        return servers.values().stream()
                .filter(InviteServer.class::isInstance)
                .filter(invite -> invite.flow().equals(link))
                .toList();
    }

    private TransactionUser above() {
        if (user == null) {
            throw new IllegalStateException("a message arrived before the loop had a transaction user");
        }
        return user;
    }

    private void finished(ServerTransaction transaction) {
        servers.remove(transaction.key(), transaction);
        counted();
    }

    private TimerSettings timers() {
        return stack.timers(size);
    }

    private void counted() {
        size = servers.size() + clients.size();
    }
}
