package org.sipring.app.phone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Chance;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.digest.DigestClient;

/** A SIP phone over UDP with one account. Its methods block; one thread at a time. */
public final class Phone implements AutoCloseable {
    private static final List<String> SDP = List.of(
            "v=0",
            "o=- 1 1 IN IP4 %1$s",
            "s=-",
            "c=IN IP4 %1$s",
            "t=0 0",
            "m=audio 40000 RTP/AVP 0",
            "a=rtpmap:0 PCMU/8000");

    private final PhoneAccount account;
    private final Router router;
    private final Chance chance;
    private final Line line;
    private final Exchange exchange;

    /**
     * Opens a phone.
     *
     * @param account whose phone it is
     * @param local the address to bind and to show as Contact
     * @param router resolves names
     * @param chance for tags and branches
     * @throws IOException when the address cannot be bound
     */
    public Phone(PhoneAccount account, InetAddress local, Router router, Chance chance) throws IOException {
        this.account = account;
        this.router = router;
        this.chance = chance;
        this.line = new Line(local);
        this.exchange = new Exchange(line, new DigestClient(account.user(), account.password(), chance), this::fresh);
    }

    /**
     * Registers this phone's Contact.
     *
     * @param node the proxy to register at
     * @param expires for how long
     * @return the final response
     * @throws IOException when nobody answered
     */
    public SipMessage register(InetSocketAddress node, Duration expires) throws IOException {
        MessageBuilder register = SipMessage.request("REGISTER", "sip:" + account.domain())
                .add(HeaderName.MAX_FORWARDS, "70")
                .add(HeaderName.FROM, "<" + account.uri() + ">;tag=" + fresh())
                .add(HeaderName.TO, "<" + account.uri() + ">")
                .add(HeaderName.CALL_ID, fresh())
                .add(HeaderName.CSEQ, "1 REGISTER")
                .add(HeaderName.CONTACT, "<" + contact() + ">")
                .add(HeaderName.EXPIRES, Long.toString(expires.toSeconds()));
        return exchange.run(register.build(), List.of(node));
    }

    /**
     * Calls an account of the domain; acknowledges what comes back.
     *
     * @param callee whom to call
     * @param node the proxy to call through
     * @return the INVITE as last sent, to make a {@link Dialog} of with its 2xx
     * @throws IOException when the INVITE cannot be sent
     */
    public SipMessage startCall(String callee, InetSocketAddress node) throws IOException {
        SipMessage invite = SipMessage.request("INVITE", callee)
                .add(HeaderName.MAX_FORWARDS, "70")
                .add(HeaderName.FROM, "<" + account.uri() + ">;tag=" + fresh())
                .add(HeaderName.TO, "<" + callee + ">")
                .add(HeaderName.CALL_ID, fresh())
                .add(HeaderName.CSEQ, "1 INVITE")
                .add(HeaderName.CONTACT, "<" + contact() + ">")
                .add(HeaderName.CONTENT_TYPE, "application/sdp")
                .body(sdp())
                .build();
        return exchange.startInvite(invite, node);
    }

    /**
     * Waits for the end of a call's ringing.
     *
     * @param invite what {@link #startCall} returned
     * @param limit how long to wait
     * @return the final response, or empty; a failure has been acknowledged, a 2xx has not
     * @throws IOException when the socket fails
     */
    public Optional<SipMessage> outcome(SipMessage invite, Duration limit) throws IOException {
        return exchange.finalResponse(invite, limit);
    }

    /**
     * Acknowledges a 2xx (RFC 3261 section 13.2.2.4).
     *
     * @param invite the INVITE
     * @param ok its 2xx
     * @return the caller's side of the call
     * @throws IOException when no proxy of the route set can be resolved
     */
    public Dialog confirm(SipMessage invite, SipMessage ok) throws IOException {
        Dialog dialog = Dialog.ofCaller(invite, ok);
        line.send(
                exchange.stamped(inDialog(dialog, "ACK").build()),
                firstHop(dialog).get(0));
        return dialog;
    }

    /**
     * Answers a call with 180 and 200.
     *
     * @param limit how long to wait for the INVITE
     * @return the callee's side of the call, or empty when no INVITE came
     * @throws IOException when the socket fails
     */
    public Optional<Dialog> answer(Duration limit) throws IOException {
        Optional<Line.Received> call =
                line.await(limit, m -> m.isRequest() && m.method().equals("INVITE"));
        if (call.isEmpty()) {
            return Optional.empty();
        }
        SipMessage invite = call.get().message();
        String tag = fresh();
        line.send(Responses.of(invite, 180, tag), call.get().from());
        SipMessage ok = Responses.dialogForming(invite, 200, "OK", tag)
                .set(HeaderName.CONTACT, "<" + contact() + ">")
                .set(HeaderName.CONTENT_TYPE, "application/sdp")
                .body(sdp())
                .build();
        line.send(ok, call.get().from());
        return Optional.of(Dialog.ofCallee(invite, ok));
    }

    /**
     * Waits for the ACK to the 200 that {@link #answer} sent.
     *
     * @param dialog the callee's side of the call
     * @param limit how long to wait
     * @return true when it came
     * @throws IOException when the socket fails
     */
    public boolean awaitAck(Dialog dialog, Duration limit) throws IOException {
        return line.await(limit, m -> isRequest(m, "ACK", dialog)).isPresent();
    }

    private static boolean isRequest(SipMessage message, String method, Dialog dialog) {
        return message.isRequest()
                && message.method().equals(method)
                && message.callId().equals(dialog.callId());
    }

    /**
     * Ends a call; tries every proxy that the first route's name resolves to, as RFC 3263 section 4.3 says.
     *
     * @param dialog this side of the call
     * @return the final response
     * @throws IOException when no proxy answered
     */
    public SipMessage hangUp(Dialog dialog) throws IOException {
        Dialog next = dialog.next();
        return exchange.run(inDialog(next, "BYE").build(), firstHop(next));
    }

    /**
     * Waits for the other side to end a call, and agrees.
     *
     * @param dialog this side of the call
     * @param limit how long to wait
     * @return true when it came
     * @throws IOException when the socket fails
     */
    public boolean awaitHangUp(Dialog dialog, Duration limit) throws IOException {
        Optional<Line.Received> bye = line.await(limit, m -> isRequest(m, "BYE", dialog));
        if (bye.isPresent()) {
            line.send(
                    Responses.of(bye.get().message(), 200, "OK", null),
                    bye.get().from());
        }
        return bye.isPresent();
    }

    private List<InetSocketAddress> firstHop(Dialog dialog) throws IOException {
        String hop =
                dialog.routes().isEmpty() ? dialog.target() : dialog.routes().get(0);
        SipUri uri =
                NameAddr.parse(hop).flatMap(NameAddr::sipUri).orElseThrow(() -> new IOException("no SIP URI: " + hop));
        List<InetSocketAddress> hops = router.route(uri.host(), uri.port());
        if (hops.isEmpty()) {
            throw new IOException(uri.host() + " has no address");
        }
        return hops;
    }

    private MessageBuilder inDialog(Dialog dialog, String method) {
        MessageBuilder request = SipMessage.request(method, dialog.target()).add(HeaderName.MAX_FORWARDS, "70");
        dialog.routes().forEach(route -> request.add(HeaderName.ROUTE, route));
        return request.add(HeaderName.FROM, dialog.local())
                .add(HeaderName.TO, dialog.remote())
                .add(HeaderName.CALL_ID, dialog.callId())
                .add(HeaderName.CSEQ, dialog.cseq() + " " + method);
    }

    private String contact() {
        return "sip:" + account.user() + "@" + line.local().getAddress().getHostAddress() + ":"
                + line.local().getPort();
    }

    private byte[] sdp() {
        return (String.join("\r\n", SDP) + "\r\n")
                .formatted(line.local().getAddress().getHostAddress())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private String fresh() {
        return HexFormat.of().formatHex(chance.bytes(8));
    }

    @Override
    public void close() {
        line.close();
    }
}
