package org.sipring.sip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SIP request or response: its bytes and an index of its lines. RFC 3261 section 7.
 *
 * <p>Immutable, callable from any thread. Headers are read when somebody asks, once. What {@link #parse} accepts has
 * exactly one sound From, To, Call-ID and CSeq, a sound top Via, Request-URI and Route, and a body of the length it
 * says.
 */
public final class SipMessage {
    /** The longest message that is accepted, in bytes. */
    public static final int MOST_BYTES = 65_535;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final StartLine startLine;
    private final Headers headers;
    private final Body body;
    // Memos: computed alike by every thread, of immutable values, so that a race does no harm.
    private byte @Nullable [] bytes;
    private @Nullable SipUri requestSipUri;
    private @Nullable List<NameAddr> routes;
    private @Nullable List<NameAddr> contacts;

    /** A message that was received. */
    SipMessage(byte[] bytes, StartLine startLine, Headers headers, int bodyStart) {
        this(startLine, headers, new Body(bytes, bodyStart, bytes.length));
        this.bytes = bytes;
    }

    /** A message that may be sent: its bytes are put together when somebody asks for them. */
    SipMessage(StartLine startLine, Headers headers, Body body) {
        this.startLine = startLine;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Reads one message, as a datagram holds it or {@link StreamFramer} cut it out.
     *
     * @param bytes the whole message; handed over, not to be modified any more
     * @return the message, or why it is refused
     */
    public static ParseResult parse(byte[] bytes) {
        return MessageCheck.parse(bytes);
    }

    /**
     * Begins a request of our own.
     *
     * @param method the method
     * @param uri the Request-URI
     * @return adds the headers
     */
    public static MessageBuilder request(String method, String uri) {
        return new MessageBuilder(new SipMessage(StartLine.request(method, uri), Headers.NONE, Body.NONE));
    }

    /**
     * Begins a changed copy.
     *
     * @return collects the changes; this message stays as it is
     */
    public MessageBuilder edit() {
        return new MessageBuilder(this);
    }

    /**
     * The message on the wire.
     *
     * @return not to be modified
     */
    public byte[] bytes() {
        byte[] memo = bytes;
        if (memo == null) {
            memo = written();
            bytes = memo;
        }
        return memo;
    }

    /**
     * How long the message is on the wire. Does not put it together for that.
     *
     * @return bytes
     */
    public int length() {
        byte[] memo = bytes;
        return memo == null ? length(firstLine()) : memo.length;
    }

    private int length(byte[] first) {
        return first.length + headers.length() + 2 * LINE_END.length + body.length();
    }

    private byte[] firstLine() {
        return startLine.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] written() {
        byte[] first = firstLine();
        ByteBuffer out = ByteBuffer.allocate(length(first));
        out.put(first).put(LINE_END);
        headers.write(out);
        return out.put(LINE_END).put(body.source(), body.start(), body.length()).array();
    }

    /**
     * Tells a request from a response.
     *
     * @return true for a request
     */
    public boolean isRequest() {
        return startLine.isRequest();
    }

    /**
     * The method: of a request its own, of a response the one that its CSeq names.
     *
     * @return as written; methods are case-sensitive
     */
    public String method() {
        return isRequest() ? startLine.method() : cseq().method();
    }

    /**
     * The Request-URI as written.
     *
     * @return empty for a response
     */
    public String requestUri() {
        return startLine.uri();
    }

    /**
     * The Request-URI, where it is a SIP or SIPS URI.
     *
     * @return empty for another scheme, such as {@code tel:}, and for a response
     */
    public Optional<SipUri> requestSipUri() {
        if (requestSipUri == null) {
            requestSipUri = SipUri.parse(requestUri()).orElse(null);
        }
        return Optional.ofNullable(requestSipUri);
    }

    /**
     * The status code.
     *
     * @return 100 to 699, or 0 for a request
     */
    public int status() {
        return startLine.status();
    }

    /**
     * The reason phrase.
     *
     * @return empty for a request
     */
    public String reason() {
        return startLine.reason();
    }

    /**
     * The first line of a header, whole: with all the values that commas separate in it.
     *
     * @param name the header's long name
     * @return its value, unfolded and trimmed
     */
    public Optional<String> header(String name) {
        return headers.value(name);
    }

    /**
     * The first line of a header, whole.
     *
     * @param name the header
     * @return its value, unfolded and trimmed
     */
    public Optional<String> header(HeaderName name) {
        return headers.value(name);
    }

    /**
     * Tells whether one of several headers is there.
     *
     * @param names the headers
     * @return true where at least one is
     */
    public boolean hasAny(Set<HeaderName> names) {
        return headers.hasAny(names);
    }

    /**
     * All values of a header, in order, those of one line split at its commas. The headers whose commas separate
     * nothing (credentials, challenges, Date, Subject and free text) give one value a line.
     *
     * @param name the header's long name
     * @return the values, unfolded and trimmed
     */
    public List<String> headers(String name) {
        return headers.values(name);
    }

    /**
     * All values of a header, as {@link #headers(String)} gives them.
     *
     * @param name the header
     * @return the values, unfolded and trimmed
     */
    public List<String> headers(HeaderName name) {
        return headers.values(name);
    }

    /**
     * Tells whether a header is there.
     *
     * @param name the header
     * @return true where at least one line has that name
     */
    public boolean has(HeaderName name) {
        return headers.first(name) != null;
    }

    /**
     * Tells whether the sender supports an extension. RFC 3261 section 20.37.
     *
     * @param option its option tag
     * @return true where a Supported header names it
     */
    public boolean offers(String option) {
        for (String offered : headers(HeaderName.SUPPORTED)) {
            if (offered.equalsIgnoreCase(option)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The hop that sent this message.
     *
     * @return the first Via value
     */
    public Via topVia() {
        return required(readTopVia(), HeaderName.VIA);
    }

    /**
     * The call's name.
     *
     * @return the Call-ID as written
     */
    public String callId() {
        HeaderLine line = headers.first(HeaderName.CALL_ID);
        return line == null ? "" : line.value();
    }

    /**
     * The transaction's number and method.
     *
     * @return the CSeq
     */
    public CSeq cseq() {
        return required(readCSeq(), HeaderName.CSEQ);
    }

    /**
     * Who sends, as it says.
     *
     * @return the From
     */
    public NameAddr from() {
        return required(readFrom(), HeaderName.FROM);
    }

    /**
     * Whom it is meant for.
     *
     * @return the To
     */
    public NameAddr to() {
        return required(readTo(), HeaderName.TO);
    }

    /**
     * The caller's half of the dialog's name.
     *
     * @return empty where an element of RFC 2543 gave none
     */
    public Optional<String> fromTag() {
        return from().tag();
    }

    /**
     * The callee's half of the dialog's name.
     *
     * @return empty outside a dialog
     */
    public Optional<String> toTag() {
        return to().tag();
    }

    /**
     * The hops still to visit.
     *
     * @return the Route values, in order
     */
    public List<NameAddr> routes() {
        return required(readRoutes(), HeaderName.ROUTE);
    }

    /**
     * The hops that want to stay in the dialog.
     *
     * @return the Record-Route values, in order, or empty when one of them is malformed
     */
    public Optional<List<NameAddr>> recordRoutes() {
        return headers.addresses(HeaderName.RECORD_ROUTE);
    }

    /**
     * The contacts. A lone {@code *} is not one of them: see {@link #contactIsStar}.
     *
     * @return the Contact values, in order, or empty when one of them is malformed
     */
    public Optional<List<NameAddr>> contacts() {
        List<NameAddr> memo = contacts;
        if (memo == null) {
            memo = contactIsStar()
                    ? List.of()
                    : headers.addresses(HeaderName.CONTACT).orElse(null);
            contacts = memo;
        }
        return Optional.ofNullable(memo);
    }

    /**
     * Tells whether the one Contact is {@code *}. RFC 3261 section 10.2.2.
     *
     * @return true when it is
     */
    public boolean contactIsStar() {
        HeaderLine line = headers.first(HeaderName.CONTACT);
        return line != null
                && line.value().equals("*")
                && headers(HeaderName.CONTACT).size() == 1;
    }

    /**
     * The hops that this request may still take.
     *
     * @return empty where there is no Max-Forwards
     */
    public OptionalInt maxForwards() {
        long number = headers.number(HeaderName.MAX_FORWARDS, 255).orElse(-1);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    /**
     * How many branches this request may have at the same time. RFC 5393 section 5.3.
     *
     * @return empty where Max-Breadth says nothing
     */
    public OptionalInt maxBreadth() {
        long number = headers.number(HeaderName.MAX_BREADTH, Integer.MAX_VALUE).orElse(-1);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    /**
     * The Expires header. RFC 3261 section 20.19: a malformed value counts as 3600, a larger one as the largest.
     *
     * @return seconds, or empty where there is none
     */
    public OptionalInt expires() {
        HeaderLine line = headers.first(HeaderName.EXPIRES);
        return line == null ? OptionalInt.empty() : OptionalInt.of(Expiry.seconds(line.value()));
    }

    /**
     * The body's length.
     *
     * @return what Content-Length says, or what is there where it says nothing
     */
    public int contentLength() {
        long number = headers.number(HeaderName.CONTENT_LENGTH, MOST_BYTES).orElse(-1);
        return number < 0 ? bodyLength() : (int) number;
    }

    /**
     * The body.
     *
     * @return a copy
     */
    public byte[] body() {
        return body.copy();
    }

    private static <T> T required(@Nullable T value, HeaderName name) {
        if (value == null) {
            throw new IllegalStateException(name.text + " is malformed: only parsed messages may be asked for it");
        }
        return value;
    }

    // What is malformed is null to them.

    @Nullable
    Via readTopVia() {
        return headers.read(HeaderName.VIA, Via.class, Via::first);
    }

    /** The top Via, or of a malformed one what a refusal needs: {@link #topVia} gives that from now on. */
    @Nullable
    Via readWayBack() {
        Via top = readTopVia();
        return top == null ? headers.read(HeaderName.VIA, Via.class, Via::wayBack) : top;
    }

    @Nullable
    CSeq readCSeq() {
        return headers.read(HeaderName.CSEQ, CSeq.class, CSeq::parse);
    }

    @Nullable
    NameAddr readFrom() {
        return headers.read(HeaderName.FROM, NameAddr.class, NameAddr::parse);
    }

    @Nullable
    NameAddr readTo() {
        return headers.read(HeaderName.TO, NameAddr.class, NameAddr::parse);
    }

    @Nullable
    List<NameAddr> readRoutes() {
        List<NameAddr> memo = routes;
        if (memo == null) {
            memo = headers.addresses(HeaderName.ROUTE).orElse(null);
            routes = memo;
        }
        return memo;
    }

    StartLine startLine() {
        return startLine;
    }

    Headers headers() {
        return headers;
    }

    Body wholeBody() {
        return body;
    }

    int bodyLength() {
        return body.length();
    }

    SipMessage shortened(int excess) {
        return new SipMessage(startLine, headers, body.shortened(excess));
    }

    /** The message as text, for logs and tests. */
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
