package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** The history of a request that is written down. RFC 7044 section 9. Lives in one loop. */
final class RequestHistory implements History {
    private static final String OPTION = "histinfo";

    // Until it came here; the last is whom it asked for, or who asks now in its place.
    private final List<HistoryEntry> past;
    // The same as callers are told: where users forward their calls is theirs.
    private final List<HistoryEntry> toldPast;
    private final boolean elsewhere;
    private final String asked;
    private final boolean hides;
    private final boolean tells;
    private final List<Sent> steps = new ArrayList<>(2);

    /** The request asked for a URI before it was made ready to be sent on. */
    RequestHistory(String asked, ForwardedRequest forwarded) {
        SipMessage request = forwarded.request();
        this.asked = asked;
        past = past(asked, request);
        toldPast = past;
        elsewhere = false;
        hides = Privacy.hidesHistory(request);
        tells = forwarded.identity().isPresent() && request.offers(OPTION);
    }

    /** The history of a request that has been sent to somebody else, after what has become of it until then. */
    private RequestHistory(RequestHistory before, SipUri target, Occasion occasion) {
        asked = target.toString();
        hides = before.hides;
        tells = before.tells;
        elsewhere = true;
        HistoryEntry next = last(before.past).next(before.steps.size() + 1, asked, HistoryEntry.Cause.MP);
        past = new ArrayList<>(before.because(before.past, occasion));
        past.addAll(before.ended().map(way -> way.because(hides)).toList());
        past.add(next);
        toldPast = new ArrayList<>(before.because(before.toldPast, occasion));
        toldPast.addAll(before.steps.stream().map(Sent::asAnswered).toList());
        toldPast.add(next.anonymous());
    }

    // Where phones have answered, their answers say why.
    private List<HistoryEntry> because(List<HistoryEntry> entries, Occasion occasion) {
        if (!steps.isEmpty()) {
            return entries;
        }
        List<HistoryEntry> explained = new ArrayList<>(entries);
        explained.replaceAll(entry -> entry.equals(last(entries)) ? entry.because(occasion.cause()) : entry);
        return explained;
    }

    private static HistoryEntry last(List<HistoryEntry> entries) {
        return entries.get(entries.size() - 1);
    }

    @Override
    public History diverted(SipUri target, Occasion occasion) {
        return new RequestHistory(this, target, occasion);
    }

    // Whom the request asks for is added on behalf of who sent it, RFC 7044 section 9.1. What cannot be read is as if
    // it were not there.
    private static List<HistoryEntry> past(String asked, SipMessage request) {
        List<Optional<HistoryEntry>> written = request.headers(HeaderName.HISTORY_INFO).stream()
                .map(HistoryEntry::parse)
                .toList();
        if (written.isEmpty() || written.contains(Optional.<HistoryEntry>empty())) {
            return List.of(HistoryEntry.first(asked));
        }
        List<HistoryEntry> past =
                written.stream().flatMap(Optional::stream).collect(Collectors.toCollection(ArrayList::new));
        HistoryEntry last = last(past);
        if (SipUri.parse(asked).filter(last::names).isEmpty()) {
            past.add(last.unwritten(asked));
        }
        return past;
    }

    private Stream<Sent> ended() {
        return steps.stream().filter(way -> way.status > 0);
    }

    @Override
    public Step step() {
        return new Sent();
    }

    @Override
    public void rangLongEnough() {
        steps.forEach(Sent::rangLongEnough);
    }

    @Override
    public SipMessage told(SipMessage response) {
        return told(response, steps.stream());
    }

    private SipMessage told(SipMessage response, Stream<Sent> ways) {
        // A trunk that may say where it sent the request knows more.
        if (!tells || response.has(HeaderName.HISTORY_INFO)) {
            return response;
        }
        Stream<HistoryEntry> all = Stream.concat(toldPast.stream(), ways.map(Sent::asAnswered));
        return response.edit().set(HeaderName.HISTORY_INFO, text(all)).build();
    }

    private static String text(Stream<HistoryEntry> entries) {
        return entries.map(HistoryEntry::toString).collect(Collectors.joining(", "));
    }

    /** One way. Those of one request have their numbers in the order in which it was sent. */
    private final class Sent implements Step {
        private int number;
        private @Nullable HistoryEntry entry;
        private int status;
        private boolean hidden;

        @Override
        public void onto(MessageBuilder request, String uri) {
            if (number == 0) {
                steps.add(this);
                number = steps.size();
            }
            HistoryEntry.Cause cause = uri.equals(asked) ? HistoryEntry.Cause.NP : HistoryEntry.Cause.RC;
            HistoryEntry own = last(past).next(number, uri, cause);
            entry = own;
            request.set(HeaderName.HISTORY_INFO, text(Stream.concat(before(), Stream.of(own))));
        }

        // Whoever gets this is no part of the platform. Phones that ring at the same time are not told of each other.
        private Stream<HistoryEntry> before() {
            Stream<HistoryEntry> tried = RequestHistory.this.ended().map(way -> way.because(hides));
            return Stream.concat(past.stream().map(one -> hides || one.isPrivate() ? one.anonymous() : one), tried);
        }

        private HistoryEntry because(boolean hide) {
            HistoryEntry own = Objects.requireNonNull(entry);
            HistoryEntry shown = hide ? own.anonymous() : own;
            return status > 0 ? shown.because(status) : shown;
        }

        private HistoryEntry asAnswered() {
            return because(hidden || elsewhere);
        }

        private void rangLongEnough() {
            // RFC 7044 section 9.3.
            status = status == 0 ? 408 : status;
        }

        @Override
        public void ended(int refused, @Nullable SipMessage response) {
            status = status == 0 ? refused : status;
            hidden = response != null && Privacy.hidesHistory(response);
        }

        @Override
        public SipMessage told(SipMessage response) {
            hidden = Privacy.hidesHistory(response);
            return RequestHistory.this.told(response, steps.stream().filter(way -> equals(way) || way.status > 0));
        }
    }
}
