package org.sipring.proxy.registrar;

import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.Table;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;

/**
 * Answers REGISTER requests for an address-of-record that the sender has already proved to be its own. RFC 3261
 * section 10.3 steps 6 to 8. Callable from any thread; holds no state of its own.
 */
public final class Registrar {
    private static final int TAG_DIGITS = 12;

    private final Table<Bindings> table;
    private final RegisterReader reader;
    private final RegisterReply reply;
    private final Supplier<Instant> clock;
    private final Chance chance;

    /**
     * A registrar on the platform's bindings.
     *
     * @param settings what it allows
     * @param table the table of {@link BindingsTable#spec}
     * @param clock the time of day, from any thread
     * @param chance for tags
     * @param names where phones send to
     * @param gruus writes GRUUs
     */
    public Registrar(
            RegistrarSettings settings,
            Table<Bindings> table,
            Supplier<Instant> clock,
            Chance chance,
            EdgeNames names,
            Gruus gruus) {
        this.table = table;
        this.reader = new RegisterReader(settings);
        this.reply = new RegisterReply(names, gruus, new Dates(), clock);
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * Works on a REGISTER of an account that has no limit of its own.
     *
     * @param request the request; its sender is authenticated and To names {@code aor}
     * @param flow the flow it came by
     * @param aor the address-of-record
     * @return what to answer, on any thread; never fails
     */
    public CompletionStage<SipMessage> register(SipMessage request, FlowRef flow, String aor) {
        return register(request, flow, aor, OptionalInt.empty());
    }

    /**
     * Works on a REGISTER.
     *
     * @param request the request; its sender is authenticated and To names {@code aor}
     * @param flow the flow it came by
     * @param aor the address-of-record
     * @param most how many bindings it may have, where that is less than others may
     * @return what to answer, on any thread; never fails
     */
    public CompletionStage<SipMessage> register(SipMessage request, FlowRef flow, String aor, OptionalInt most) {
        return reader.read(request, flow)
                .match(
                        registration -> update(request, aor, registration.atMost(most)),
                        () -> query(request, flow.transport(), aor),
                        refused -> CompletableFuture.completedFuture(refuse(request, refused)));
    }

    private CompletionStage<SipMessage> update(SipMessage request, String aor, Registration registration) {
        byte[] argument = Registration.FORMAT.encode(registration);
        return table.update(aor, BindingsTable.REGISTER, argument, requestId(request))
                .thenApply(outcome -> outcome.match(
                        bytes -> answer(
                                request,
                                registration.origin().flow().transport(),
                                aor,
                                RegisterAnswer.FORMAT.decode(bytes)),
                        () -> unavailable(request)));
    }

    /** A retransmission has it too, also one that reaches another node. */
    private static String requestId(SipMessage request) {
        return request.callId()
                + ' '
                + request.cseq().number()
                + ' '
                + request.topVia().branch().orElse("");
    }

    private CompletionStage<SipMessage> query(SipMessage request, Transport transport, String aor) {
        return table.get(aor)
                .thenApply(found -> RegisterAnswer.of(found.orElse(Bindings.NONE), clock.get()))
                .thenApply(bound -> answer(request, transport, aor, bound))
                .exceptionally(failure -> unavailable(request));
    }

    private SipMessage answer(SipMessage request, Transport transport, String aor, RegisterAnswer answer) {
        MessageBuilder edit = respond(request, answer.status(), answer.reason());
        return answer.accepted() ? reply.write(edit, request, transport, aor, answer) : edit.build();
    }

    private SipMessage refuse(SipMessage request, RegisterReader.Reading.Refused refused) {
        MessageBuilder edit = respond(request, refused.status(), refused.reason());
        HeaderName header = refused.header();
        return (header == null ? edit : edit.add(header, refused.value())).build();
    }

    private SipMessage unavailable(SipMessage request) {
        return Responses.unavailable(request, newTag());
    }

    private MessageBuilder respond(SipMessage request, int status, String reason) {
        return Responses.begin(request, status, reason, newTag());
    }

    private String newTag() {
        return HexFormat.of().toHexDigits(chance.number(), TAG_DIGITS);
    }
}
