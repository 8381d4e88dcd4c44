package org.sipring.proxy.registrar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Status;

/** Reads what a REGISTER asks for. Pure. RFC 3261 section 10.3 steps 2 and 6, RFC 3327, RFC 5626. */
final class RegisterReader {
    private static final List<String> UNDERSTOOD = List.of("path", Outbound.TAG, GruuContacts.TAG);
    private static final int MOST_CONTACTS = 100;
    private static final int MOST_HOPS = 16;

    /** Of each text that is kept, in characters. */
    static final int LONGEST = 2048;

    private static final int LONGEST_USER_AGENT = 128;

    private final RegistrarSettings settings;

    RegisterReader(RegistrarSettings settings) {
        this.settings = settings;
    }

    /** Either what is asked for, or what to answer instead. */
    sealed interface Reading {
        record Change(Registration registration) implements Reading {}

        record Query() implements Reading {}

        record Refused(int status, String reason, @Nullable HeaderName header, String value) implements Reading {}

        default <T> T match(Function<Registration, T> change, Supplier<T> query, Function<Refused, T> refused) {
            if (this instanceof Change wanted) {
                return change.apply(wanted.registration());
            }
            return this instanceof Refused refusal ? refused.apply(refusal) : query.get();
        }
    }

    Reading read(SipMessage request, FlowRef flow) {
        List<String> unsupported = request.has(HeaderName.REQUIRE) ? unsupported(request) : List.of();
        if (!unsupported.isEmpty()) {
            return new Reading.Refused(420, Status.reason(420), HeaderName.UNSUPPORTED, String.join(", ", unsupported));
        }
        Optional<List<NameAddr>> contacts = request.contacts();
        if (contacts.isEmpty()
                || contacts.get().size() > MOST_CONTACTS
                || request.callId().length() > LONGEST
                || malformedPath(request)) {
            return bad("Malformed Contact Or Path");
        }
        if (request.contactIsStar()) {
            return star(request, flow);
        }
        return contacts.get().isEmpty() ? new Reading.Query() : wishes(request, contacts.get(), flow);
    }

    private static List<String> unsupported(SipMessage request) {
        return request.headers(HeaderName.REQUIRE).stream()
                .filter(option -> !UNDERSTOOD.contains(option.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static boolean malformedPath(SipMessage request) {
        List<String> path = path(request);
        return path.size() > MOST_HOPS || path.stream().anyMatch(RegisterReader::malformedHop);
    }

    private static boolean malformedHop(String hop) {
        return hop.length() > LONGEST || NameAddr.parse(hop).isEmpty();
    }

    /** RFC 3261 section 10.2.2: only with Expires 0. */
    private Reading star(SipMessage request, FlowRef flow) {
        return request.expires().equals(OptionalInt.of(0))
                ? change(request, flow, true, List.of())
                : bad("Contact * Needs Expires 0");
    }

    private Reading wishes(SipMessage request, List<NameAddr> contacts, FlowRef flow) {
        if (Outbound.asked(request) && !Outbound.kept(request)) {
            return new Reading.Refused(439, Status.reason(439), null, "");
        }
        if (contacts.size() > 1 && Outbound.asked(request)) {
            // RFC 5626 section 4.2.1: a flow has one contact.
            return bad("One Contact For A Flow");
        }
        if (SipsContacts.betrayed(request, contacts)) {
            return bad("SIPS Contact Needs SIPS All The Way");
        }
        ContactReader reader = new ContactReader(settings, request, flow);
        for (NameAddr contact : contacts) {
            if (ContactReader.malformed(contact)) {
                return bad("Malformed Contact");
            }
            if (GruuContacts.circular(request, contact)) {
                return new Reading.Refused(403, "Contact Is A GRUU", null, "");
            }
            if (reader.tooBrief(contact)) {
                String least = Long.toString(settings.minimum().toSeconds());
                return new Reading.Refused(423, Status.reason(423), HeaderName.MIN_EXPIRES, least);
            }
        }
        return change(request, flow, false, contacts.stream().map(reader::wish).toList());
    }

    private Reading change(SipMessage request, FlowRef flow, boolean star, List<Registration.Wish> wishes) {
        String userAgent = request.header(HeaderName.USER_AGENT).orElse("");
        return new Reading.Change(new Registration(
                request.callId(),
                request.cseq().number(),
                star,
                wishes,
                new Origin(
                        flow, path(request), userAgent.substring(0, Math.min(LONGEST_USER_AGENT, userAgent.length()))),
                new Registration.Limits(
                        settings.contacts(), (int) settings.maximum().toSeconds())));
    }

    static List<String> path(SipMessage request) {
        return request.headers(HeaderName.PATH);
    }

    private static Reading bad(String reason) {
        return new Reading.Refused(400, reason, null, "");
    }
}
