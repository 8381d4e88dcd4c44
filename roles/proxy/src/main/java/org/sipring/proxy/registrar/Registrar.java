package org.sipring.proxy.registrar;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;

/**
 * Answers REGISTER requests for an address-of-record that the sender has already proved to be its own. RFC 3261
 * section 10.3 steps 6 to 8. Callable from any thread; holds no state of its own.
 */
public final class Registrar {
    private static final int TAG_BYTES = 6;
    // RFC 3261 section 20.17.
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Table<Bindings> table;
    private final RegisterReader reader;
    private final Supplier<Instant> clock;
    private final Chance chance;

    /**
     * A registrar on the platform's bindings.
     *
     * @param settings what it allows
     * @param table the table of {@link BindingsTable#spec}
     * @param clock the time of day, from any thread
     * @param chance for tags
     */
    public Registrar(RegistrarSettings settings, Table<Bindings> table, Supplier<Instant> clock, Chance chance) {
        this.table = table;
        this.reader = new RegisterReader(settings);
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * Works on a REGISTER.
     *
     * @param request the request; its sender is authenticated and To names {@code aor}
     * @param flow the flow it came by
     * @param aor the address-of-record
     * @return what to answer, on any thread; never fails
     */
    public CompletionStage<SipMessage> register(SipMessage request, FlowRef flow, String aor) {
        return reader.read(request, flow)
                .match(
                        registration -> update(request, aor, registration),
                        () -> query(request, aor),
                        refused -> CompletableFuture.completedFuture(refuse(request, refused)));
    }

    private CompletionStage<SipMessage> update(SipMessage request, String aor, Registration registration) {
        byte[] argument = Registration.FORMAT.encode(registration);
        return table.update(aor, BindingsTable.REGISTER, argument, requestId(request))
                .thenApply(outcome -> answer(request, outcome));
    }

    /** A retransmission has it too, also one that reaches another node. */
    private static String requestId(SipMessage request) {
        return request.callId()
                + ' '
                + request.cseq().number()
                + ' '
                + request.topVia().branch().orElse("");
    }

    private SipMessage answer(SipMessage request, Outcome<byte[]> outcome) {
        return outcome.match(bytes -> answer(request, RegisterAnswer.FORMAT.decode(bytes)), () -> unavailable(request));
    }

    private SipMessage answer(SipMessage request, RegisterAnswer answer) {
        return answer.accepted()
                ? accepted(request, answer)
                : respond(request, answer.status(), answer.reason()).build();
    }

    private CompletionStage<SipMessage> query(SipMessage request, String aor) {
        return table.get(aor).thenApply(found -> bound(request, found)).exceptionally(failure -> unavailable(request));
    }

    private SipMessage bound(SipMessage request, Optional<Bindings> found) {
        return accepted(request, RegisterAnswer.of(found.orElse(Bindings.NONE), clock.get()));
    }

    private SipMessage accepted(SipMessage request, RegisterAnswer answer) {
        MessageBuilder edit = respond(request, answer.status(), answer.reason());
        answer.contacts().forEach(bound -> edit.add(HeaderName.CONTACT, bound.toString()));
        // RFC 3327 section 5.3.
        List<String> path = RegisterReader.path(request);
        path.forEach(hop -> edit.add(HeaderName.PATH, hop));
        if (!path.isEmpty()) {
            edit.add(HeaderName.SUPPORTED, "path");
        }
        if (Outbound.asked(request)) {
            // RFC 5626 section 6: so the phone knows that it is called over this flow.
            edit.add(HeaderName.REQUIRE, Outbound.TAG);
        }
        return edit.add(HeaderName.DATE, DATE.format(clock.get())).build();
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
        return Responses.of(request, status, reason, newTag()).edit();
    }

    private String newTag() {
        return HexFormat.of().formatHex(chance.bytes(TAG_BYTES));
    }
}
