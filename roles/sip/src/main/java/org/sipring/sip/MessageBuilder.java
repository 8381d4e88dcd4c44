package org.sipring.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A changed copy of a message in the making. Headers that nobody touches keep their place and their bytes.
 *
 * <p>For one thread, to be used once. Methods that take a header's text refuse line ends with an
 * {@link IllegalArgumentException}.
 */
public final class MessageBuilder {
    // A proxy adds a Via and at most a few routes: the list need not grow.
    private static final int ROOM = 6;

    private static final HeaderLine NO_BODY = HeaderLine.of(HeaderName.CONTENT_LENGTH, "0");

    private final List<HeaderLine> lines;
    private StartLine startLine;
    private Body body;

    MessageBuilder(SipMessage original) {
        List<HeaderLine> kept = original.headers().lines();
        this.lines = new ArrayList<>(kept.size() + ROOM);
        // One by one: addAll makes an array between.
        kept.forEach(lines::add);
        this.startLine = original.startLine();
        this.body = original.wholeBody();
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
        return prepend(HeaderLine.of(via, ""));
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
        int place = find(HeaderName.VIA);
        HeaderLine line = lines.get(place);
        Via via = Objects.requireNonNull(line.read(Via.class, Via::first));
        boolean asked = via.params().has("rport");
        // A sender's own received and rport are never believed.
        Params clean = via.params().without("received");
        Params named = asked || !sameHost(via.host(), address) ? clean.with("received", address) : clean;
        Params params = asked ? named.with("rport", Integer.toString(port)) : named;
        Via noted = new Via(via.transport(), via.host(), via.port(), params);
        lines.set(place, HeaderLine.of(noted, Values.afterFirst(line.value())));
        return this;
    }

    private static boolean sameHost(String host, String address) {
        return host.equals(address) || host.equals('[' + address + ']');
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
        return set(HeaderLine.of(name, value));
    }

    /**
     * Sets a header, as {@link #set(String, String)} does.
     *
     * @param name the header
     * @param value its value
     * @return this
     */
    public MessageBuilder set(HeaderName name, String value) {
        return set(HeaderLine.of(name, value));
    }

    private MessageBuilder set(HeaderLine line) {
        int first = first(line);
        if (first < 0) {
            lines.add(line);
        } else {
            lines.set(first, line);
            lines.removeIf(other -> other != line && other.sameName(line));
        }
        return this;
    }

    /**
     * Adds a header line behind the others of its name, or at the end.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public MessageBuilder add(String name, String value) {
        return add(HeaderLine.of(name, value));
    }

    /**
     * Adds a header line behind the others of its name, or at the end.
     *
     * @param name the header
     * @param value its value
     * @return this
     */
    public MessageBuilder add(HeaderName name, String value) {
        return add(HeaderLine.of(name, value));
    }

    private MessageBuilder add(HeaderLine line) {
        int last = lines.size() - 1;
        while (last >= 0 && !lines.get(last).sameName(line)) {
            last--;
        }
        lines.add(last < 0 ? lines.size() : last + 1, line);
        return this;
    }

    /**
     * Adds a header line before the others of its name, or on top.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public MessageBuilder prepend(String name, String value) {
        return prepend(HeaderLine.of(name, value));
    }

    /**
     * Adds a header line before the others of its name, or on top.
     *
     * @param name the header
     * @param value its value
     * @return this
     */
    public MessageBuilder prepend(HeaderName name, String value) {
        return prepend(HeaderLine.of(name, value));
    }

    private MessageBuilder prepend(HeaderLine line) {
        lines.add(Math.max(0, first(line)), line);
        return this;
    }

    private int first(HeaderLine line) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).sameName(line)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Removes all lines of a header.
     *
     * @param name its name
     * @return this
     */
    public MessageBuilder remove(String name) {
        HeaderName known = HeaderName.of(name);
        lines.removeIf(line -> line.is(name, known));
        return this;
    }

    /**
     * Removes all lines of a header.
     *
     * @param name the header
     * @return this
     */
    public MessageBuilder remove(HeaderName name) {
        if (find(name) >= 0) {
            lines.removeIf(line -> line.known == name);
        }
        return this;
    }

    /**
     * Removes the first value of a header; the others stay, also those of the same line.
     *
     * @param name the header
     * @return this
     */
    public MessageBuilder removeFirst(HeaderName name) {
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
     * Sets the body, and Content-Length with it.
     *
     * @param bytes handed over, not to be modified any more
     * @return this
     */
    public MessageBuilder body(byte[] bytes) {
        body = Body.of(bytes);
        return set(HeaderName.CONTENT_LENGTH, Integer.toString(bytes.length));
    }

    /**
     * Copies a header's lines, byte for byte, behind what is there.
     *
     * @param from the message that holds them
     * @param name the header's name
     */
    void copy(SipMessage from, HeaderName name) {
        List<HeaderLine> others = from.headers().lines();
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).known == name) {
                lines.add(others.get(i));
            }
        }
    }

    private int find(HeaderName name) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).known == name) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Ends the changes. Content-Length is added where there is none: a stream needs it.
     *
     * @return the changed copy
     */
    public SipMessage build() {
        if (find(HeaderName.CONTENT_LENGTH) < 0) {
            add(
                    body.length() == 0
                            ? NO_BODY
                            : HeaderLine.of(HeaderName.CONTENT_LENGTH, Integer.toString(body.length())));
        }
        return new SipMessage(startLine, new Headers(lines), body);
    }
}
