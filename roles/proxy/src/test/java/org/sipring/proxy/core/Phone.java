package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/** A phone of the simulated world: sends what a test says and remembers what it hears. No transactions of its own. */
final class Phone {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    final InetSocketAddress address;
    final Transport transport;
    final int instance;
    final List<SipMessage> heard = new ArrayList<>();
    /** When it heard keep-alives, RFC 5626 section 3.5.1. */
    final List<Duration> pings = new ArrayList<>();
    /** The domains that its certificate names, for a server of another domain. */
    Set<String> proves = Set.of();

    private final World world;
    private final String user;
    private final Map<ProxyNode, Flow> connections = new HashMap<>();
    private final List<InetSocketAddress> sources = new ArrayList<>();
    private int branches;
    private String target;
    private boolean sips;
    private Optional<String> recordRoute = Optional.empty();

    Phone(World world, String user, InetSocketAddress address, Transport transport) {
        this.world = world;
        this.user = user;
        this.address = address;
        this.transport = transport;
        instance = 2 * address.hashCode() + 1;
        target = contact();
    }

    /** From now on its contacts are SIPS URIs. */
    Phone sips() {
        sips = true;
        target = contact();
        return this;
    }

    /** From now on its contacts are within a private network. */
    Phone behindNat() {
        target = "sip:" + user + "@10.9.9.9:5060";
        return this;
    }

    /** Answers from now on as if a proxy of its own stood before it. */
    Phone recordRoute(String route) {
        recordRoute = Optional.of(route);
        return this;
    }

    String aor() {
        return user + '@' + World.DOMAIN;
    }

    String contact() {
        String parameter = transport.parameter();
        return (sips ? "sips:" : "sip:")
                + user
                + '@'
                + hostPort()
                + (parameter == null ? "" : ";transport=" + parameter);
    }

    /** A public GRUU, RFC 5627, as this world writes one. */
    String gruu() {
        return "sip:" + aor() + ";gr=" + instance;
    }

    /** From now on it names its GRUU in dialogs. */
    Phone behindGruu() {
        target = gruu();
        return this;
    }

    void attach(ProxyNode node) {
        if (transport.reliable()) {
            connections.computeIfAbsent(
                    node,
                    key -> proves.isEmpty()
                            ? node.acceptPhone(transport, source(), message -> arrives(node.phones, message))
                            : node.acceptServer(source(), proves, message -> arrives(node.phones, message)));
        }
    }

    // A connection leaves from another port than the one that the phone listens on.
    private InetSocketAddress source() {
        return new InetSocketAddress(address.getAddress(), 40_000 + connections.size());
    }

    Flow flowAt(ProxyNode node) {
        return transport.reliable() ? Objects.requireNonNull(connections.get(node)) : Flow.udp(node.phones, address);
    }

    void hangUpConnection(ProxyNode node) {
        node.close(Objects.requireNonNull(connections.remove(node)));
    }

    void arrives(InetSocketAddress from, byte[] message) {
        world.time.ticker().after(World.DELAY, () -> {
            ParseResult result = SipMessage.parse(message);
            if (Arrays.equals(message, PING)) {
                pings.add(world.time.elapsed());
            } else if (result instanceof ParseResult.Parsed parsed) {
                heard.add(parsed.message());
                sources.add(from);
            } else if (!new String(message, StandardCharsets.UTF_8).matches("(?s)SIP/2.0 [45].*")) {
                // A refusal repeats the malformed headers of what it refuses; anything else must be sound.
                throw new AssertionError(result + " of " + new String(message, StandardCharsets.UTF_8));
            }
        });
    }

    void send(ProxyNode node, SipMessage message) {
        attach(node);
        node.arrives(flowAt(node), message.bytes());
    }

    private String via() {
        return "SIP/2.0/" + transport.via() + ' ' + hostPort() + ";branch=z9hG4bK" + user + ++branches;
    }

    private String hostPort() {
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    /** A request outside any dialog. */
    MessageBuilder request(String method, String uri) {
        return SipMessage.request(method, uri)
                .add("Via", via())
                .add("Max-Forwards", "70")
                .add("From", "<sip:" + aor() + ">;tag=" + user)
                .add("To", '<' + uri + '>')
                .add("Call-ID", "call-" + user)
                .add("CSeq", "1 " + method)
                .add("Contact", '<' + target + '>')
                .add("Content-Length", "0");
    }

    /** A call with credentials. */
    SipMessage invite(String callee) {
        return request("INVITE", "sip:" + callee + '@' + World.DOMAIN)
                .add("Proxy-Authorization", "Digest username=" + user + ", realm=" + World.DOMAIN)
                .build();
    }

    /** Calls somebody through a node, and lets everything arrive; gives the INVITE. */
    SipMessage call(String callee, String node) {
        SipMessage invite = invite(callee);
        send(world.node(node), invite);
        world.settle();
        return invite;
    }

    /** Takes a request back, RFC 3261 section 9.1. */
    SipMessage cancel(SipMessage invite) {
        return SipMessage.request("CANCEL", invite.requestUri())
                .add("Via", invite.topVia().toString())
                .add("Max-Forwards", "70")
                .add("From", invite.header("From").orElseThrow())
                .add("To", invite.header("To").orElseThrow())
                .add("Call-ID", invite.callId())
                .add("CSeq", "1 CANCEL")
                .build();
    }

    /** Answers a request where it came from, with one more header or none. */
    void answer(SipMessage request, int status, String... header) {
        ProxyNode node = world.nodes.values().stream()
                .filter(candidate -> candidate.phones.equals(sources.get(heard.indexOf(request))))
                .findFirst()
                .orElseThrow();
        MessageBuilder edit =
                Responses.dialogForming(request, status, "Reason", user).add("Contact", '<' + target + '>');
        recordRoute.ifPresent(route -> edit.prepend("Record-Route", route));
        for (int i = 0; i < header.length; i += 2) {
            edit.add(header[i], header[i + 1]);
        }
        send(node, edit.build());
    }

    /** From now on it wants requests of its dialogs there. */
    void movesTo(Phone other) {
        target = other.contact();
    }

    /** A request of the caller within the dialog that a 2xx began. */
    SipMessage within(SipMessage ok, String method, int cseq) {
        List<NameAddr> routes = new ArrayList<>(ok.recordRoutes().orElseThrow());
        Collections.reverse(routes);
        return follow(
                ok,
                method,
                cseq,
                routes,
                ok.header("From").orElseThrow(),
                ok.header("To").orElseThrow());
    }

    /** A request of the callee within the dialog that its answer to an INVITE began. */
    SipMessage back(SipMessage invite, String method, int cseq) {
        return follow(
                invite,
                method,
                cseq,
                invite.recordRoutes().orElseThrow(),
                invite.header("To").orElseThrow() + ";tag=" + user,
                invite.header("From").orElseThrow());
    }

    private SipMessage follow(
            SipMessage dialog, String method, int cseq, List<NameAddr> routes, String from, String to) {
        MessageBuilder edit = SipMessage.request(
                        method, dialog.contacts().orElseThrow().get(0).uri())
                .add("Via", via())
                .add("Max-Forwards", "70");
        routes.forEach(route -> edit.add("Route", route.toString()));
        return edit.add("From", from)
                .add("To", to)
                .add("Call-ID", dialog.callId())
                .add("CSeq", cseq + " " + method)
                .add("Content-Length", "0")
                .build();
    }

    List<Integer> statuses() {
        return heard.stream()
                .filter(message -> !message.isRequest())
                .map(SipMessage::status)
                .toList();
    }

    List<String> requests() {
        return heard.stream()
                .filter(SipMessage::isRequest)
                .map(SipMessage::method)
                .toList();
    }

    SipMessage last() {
        return heard.get(heard.size() - 1);
    }
}
