package org.sipring.proxy.registrar;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.Expiry;
import org.sipring.sip.HeaderName;
import org.sipring.sip.HostPort;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Params;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.Status;

/** Reads what a REGISTER asks for. Pure. RFC 3261 section 10.3 steps 2, 6 and 7, RFC 3327, RFC 5626. */
final class RegisterReader {
    private static final List<String> UNDERSTOOD = List.of("path", Outbound.TAG);
    private static final int MOST_CONTACTS = 100;
    private static final int MOST_HOPS = 16;
    private static final int LONGEST = 2048;
    private static final int LONGEST_USER_AGENT = 128;
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7e]+");
    private static final Pattern SIP = Pattern.compile("(?i)sips?:.*");

    private final RegistrarSettings settings;

    RegisterReader(RegistrarSettings settings) {
        this.settings = settings;
    }

    /** Either what is asked for, or what to answer instead. */
    sealed interface Reading {
        record Asked(Registration registration) implements Reading {}

        record Query() implements Reading {}

        record Refused(int status, String reason, @Nullable HeaderName header, String value) implements Reading {}

        default <T> T match(Function<Registration, T> asked, Supplier<T> query, Function<Refused, T> refused) {
            if (this instanceof Asked wish) {
                return asked.apply(wish.registration());
            }
            return this instanceof Refused refusal ? refused.apply(refusal) : query.get();
        }
    }

    Reading read(SipMessage request, FlowRef flow) {
        List<String> foreign = request.headers(HeaderName.REQUIRE).stream()
                .filter(option -> !UNDERSTOOD.contains(option.toLowerCase(Locale.ROOT)))
                .toList();
        if (!foreign.isEmpty()) {
            return new Reading.Refused(420, Status.reason(420), HeaderName.UNSUPPORTED, String.join(", ", foreign));
        }
        Optional<List<NameAddr>> contacts = request.contacts();
        if (contacts.isEmpty() || contacts.get().size() > MOST_CONTACTS || tooLong(request)) {
            return bad("Malformed Contact Or Path");
        }
        if (request.contactIsStar()) {
            return star(request, flow);
        }
        return contacts.get().isEmpty() ? new Reading.Query() : wishes(request, contacts.get(), flow);
    }

    private static boolean tooLong(SipMessage request) {
        return request.callId().length() > LONGEST
                || path(request).size() > MOST_HOPS
                || path(request).stream()
                        .anyMatch(hop ->
                                hop.length() > LONGEST || NameAddr.parse(hop).isEmpty());
    }

    /** RFC 3261 section 10.2.2: only with Expires 0. */
    private Reading star(SipMessage request, FlowRef flow) {
        return request.expires().equals(OptionalInt.of(0))
                ? asked(request, flow, true, List.of())
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
        for (NameAddr contact : contacts) {
            if (malformed(contact)) {
                return bad("Malformed Contact");
            }
            int seconds = seconds(request, contact);
            if (seconds > 0 && seconds < settings.minimum().toSeconds()) {
                String least = Long.toString(settings.minimum().toSeconds());
                return new Reading.Refused(423, Status.reason(423), HeaderName.MIN_EXPIRES, least);
            }
        }
        return asked(
                request,
                flow,
                false,
                contacts.stream().map(contact -> wish(request, contact, flow)).toList());
    }

    private static boolean malformed(NameAddr contact) {
        return (contact.sipUri().isEmpty() && !otherScheme(contact.uri()))
                || contact.uri().length() > LONGEST
                || contact.params().toString().length() > LONGEST;
    }

    private Registration.Wish wish(SipMessage request, NameAddr contact, FlowRef flow) {
        Params params = contact.params().without("expires");
        boolean outbound = Outbound.asked(request, contact);
        // RFC 5626 section 6: without all that belongs to it, a reg-id says nothing.
        Params kept = outbound ? params : params.without(Outbound.REG_ID);
        return new Registration.Wish(contact.uri(), kept.toString(), granted(request, contact, outbound, flow));
    }

    private int seconds(SipMessage request, NameAddr contact) {
        int otherwise = request.expires().orElse((int) settings.usual().toSeconds());
        return contact.params().value("expires").map(Expiry::seconds).orElse(otherwise);
    }

    private int granted(SipMessage request, NameAddr contact, boolean outbound, FlowRef flow) {
        boolean refreshing = !outbound
                && path(request).isEmpty()
                && contact.sipUri().filter(sip -> natted(sip, flow.remote())).isPresent();
        return (int)
                Math.min(seconds(request, contact), (refreshing ? settings.natted() : settings.maximum()).toSeconds());
    }

    /** RFC 3261 section 10.2.1: a contact may be of any scheme. */
    private static boolean otherScheme(String uri) {
        return ABSOLUTE.matcher(uri).matches() && !SIP.matcher(uri).matches();
    }

    private static boolean natted(SipUri uri, InetSocketAddress remote) {
        return !uri.host().equals(HostPort.host(remote.getAddress()));
    }

    private Reading asked(SipMessage request, FlowRef flow, boolean star, List<Registration.Wish> wishes) {
        String userAgent = request.header(HeaderName.USER_AGENT).orElse("");
        return new Reading.Asked(new Registration(
                request.callId(),
                request.cseq().number(),
                star,
                wishes,
                new Registration.Origin(
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
