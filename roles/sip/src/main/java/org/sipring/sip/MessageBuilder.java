package org.sipring.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A changed copy of a message in the making. Headers that nobody touches keep their place and their bytes.
 *
 * <p>For one thread, to be used once. Methods that take a header's text refuse line ends with an
 * {@link IllegalArgumentException}.
 */
public final class MessageBuilder {
    // A proxy adds a Via and at most a few routes: the list need not grow.
    private static final int ROOM = 6;

    private final SipMessage original;
    private final List<HeaderLine> lines;
    private StartLine startLine;
    private byte @Nullable [] body;

    MessageBuilder(SipMessage original) {
        this.original = original;
        List<HeaderLine> kept = original.headers().lines();
        this.lines = new ArrayList<>(kept.size() + ROOM);
        this.lines.addAll(kept);
        this.startLine = original.startLine();
    }

    /**
     * Sets the Request-URI.
     *
     * @param uri without angle brackets
     * @return this
     */
    public MessageBuilder requestUri(String uri) {
        if (!NameAddr.absolute(uri)) {
            throw new IllegalArgumentException("Request-URI '" + uri + "': needs a scheme and no blanks");
        }
        startLine = StartLine.request(startLine.method(), uri);
        return this;
    }

    /**
     * Puts a hop on top.
     *
     * @param via the hop
     * @return this
     */
    public MessageBuilder pushVia(Via via) {
        return prepend(HeaderName.VIA, via.toString());
    }

    /**
     * Takes the top hop off.
     *
     * @return this
     */
    public MessageBuilder popVia() {
        return removeFirst(HeaderName.VIA);
    }

    /**
     * Notes in the top Via where the message came from: {@code received} where the sender's host differs from it or
     * the sender asks for the source port, and that port. RFC 3261 section 18.2.1, RFC 3581 section 4.
     *
     * @param address the source address in text form
     * @param port the source port
     * @return this
     */
    public MessageBuilder topViaReceivedRport(String address, int port) {
        Via via = Via.parse(Values.first(topVia().value())).orElseThrow();
        boolean asked = via.params().has("rport");
        // A sender's own received and rport are never believed.
        Params clean = via.params().without("received");
        Params named = asked || !sameHost(via.host(), address) ? clean.with("received", address) : clean;
        Params params = asked ? named.with("rport", Integer.toString(port)) : named;
        return topVia(new Via(via.transport(), via.host(), via.port(), params));
    }

    private static boolean sameHost(String host, String address) {
        return host.equals(address) || host.equals('[' + address + ']');
    }

    private MessageBuilder topVia(Via via) {
        String rest = Values.afterFirst(topVia().value());
        String value = rest.isEmpty() ? via.toString() : via + ", " + rest;
        lines.set(lines.indexOf(topVia()), topVia().with(value));
        return this;
    }

    private HeaderLine topVia() {
        return lines.get(find(HeaderName.VIA.text));
    }

    /**
     * Sets the hops that the request may still take.
     *
     * @param hops 0 to 255
     * @return this
     */
    public MessageBuilder maxForwards(int hops) {
        return set(HeaderName.MAX_FORWARDS, Integer.toString(hops));
    }

    /**
     * Sets a header: in the place of its first line, the others removed, or at the end.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public MessageBuilder set(String name, String value) {
        int first = find(name);
        if (first < 0) {
            return add(name, value);
        }
        lines.set(first, HeaderLine.of(name, value));
        HeaderLine kept = lines.get(first);
        Predicate<HeaderLine> named = named(name);
        lines.removeIf(line -> line != kept && named.test(line));
        return this;
    }

    /**
     * Sets a header, as {@link #set(String, String)} does.
     *
     * @param name the header
     * @param value its value
     * @return this
     */
    public MessageBuilder set(HeaderName name, String value) {
        return set(name.text, value);
    }

    /**
     * Adds a header line behind the others of its name, or at the end.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public MessageBuilder add(String name, String value) {
        int place = lines.size();
        Predicate<HeaderLine> named = named(name);
        for (int i = 0; i < lines.size(); i++) {
            place = named.test(lines.get(i)) ? i + 1 : place;
        }
        lines.add(place, HeaderLine.of(name, value));
        return this;
    }

    /**
     * Adds a header line behind the others of its name, or at the end.
     *
     * @param name the header
     * @param value its value
     * @return this
     */
    public MessageBuilder add(HeaderName name, String value) {
        return add(name.text, value);
    }

    /**
     * Adds a header line before the others of its name, or on top.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public MessageBuilder prepend(String name, String value) {
        lines.add(Math.max(0, find(name)), HeaderLine.of(name, value));
        return this;
    }

    /**
     * Adds a header line before the others of its name, or on top.
     *
     * @param name the header
     * @param value its value
     * @return this
     */
    public MessageBuilder prepend(HeaderName name, String value) {
        return prepend(name.text, value);
    }

    /**
     * Removes all lines of a header.
     *
     * @param name its name
     * @return this
     */
    public MessageBuilder remove(String name) {
        lines.removeIf(named(name));
        return this;
    }

    /**
     * Removes all lines of a header.
     *
     * @param name the header
     * @return this
     */
    public MessageBuilder remove(HeaderName name) {
        return remove(name.text);
    }

    /**
     * Removes the first value of a header; the others stay, also those of the same line.
     *
     * @param name its name
     * @return this
     */
    public MessageBuilder removeFirst(String name) {
        int first = find(name);
        if (first < 0) {
            return this;
        }
        HeaderLine line = lines.get(first);
        String rest = Values.afterFirst(line.value());
        if (rest.isEmpty()) {
            lines.remove(first);
        } else {
            lines.set(first, line.with(rest));
        }
        return this;
    }

    /**
     * Removes the first value of a header.
     *
     * @param name the header
     * @return this
     */
    public MessageBuilder removeFirst(HeaderName name) {
        return removeFirst(name.text);
    }

    /**
     * Sets the body, and Content-Length with it.
     *
     * @param bytes handed over, not to be modified any more
     * @return this
     */
    public MessageBuilder body(byte[] bytes) {
        body = bytes;
        return set(HeaderName.CONTENT_LENGTH, Integer.toString(bytes.length));
    }

    /**
     * Copies a header's lines, byte for byte, behind what is there.
     *
     * @param from the message that holds them
     * @param name the header's name
     */
    void copy(SipMessage from, HeaderName name) {
        for (HeaderLine line : from.headers().lines()) {
            if (line.known == name) {
                lines.add(line);
            }
        }
    }

    private int find(String name) {
        Predicate<HeaderLine> named = named(name);
        for (int i = 0; i < lines.size(); i++) {
            if (named.test(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static Predicate<HeaderLine> named(String name) {
        HeaderName known = HeaderName.of(name);
        return line -> line.is(name, known);
    }

    /**
     * Writes the message. Content-Length is added where there is none: a stream needs it.
     *
     * @return the changed copy
     */
    public SipMessage build() {
        byte[] content = body == null ? original.body() : body;
        if (find(HeaderName.CONTENT_LENGTH.text) < 0) {
            add(HeaderName.CONTENT_LENGTH, Integer.toString(content.length));
        }
        byte[] first = (startLine + "\r\n").getBytes(StandardCharsets.UTF_8);
        int headers = lines.stream().mapToInt(line -> line.end - line.start).sum();
        byte[] bytes = new byte[first.length + headers + 2 + content.length];
        System.arraycopy(first, 0, bytes, 0, first.length);
        int at = first.length;
        for (HeaderLine line : lines) {
            System.arraycopy(line.source, line.start, bytes, at, line.end - line.start);
            at += line.end - line.start;
        }
        bytes[at] = '\r';
        bytes[at + 1] = '\n';
        System.arraycopy(content, 0, bytes, at + 2, content.length);
        return new SipMessage(bytes, startLine, new Headers(Arrays.asList(lines.toArray(new HeaderLine[0]))), at + 2);
    }
}
