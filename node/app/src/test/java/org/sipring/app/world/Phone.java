package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestClient;
import org.sipring.sip.transaction.SipStack;
import org.sipring.sip.transaction.StackSettings;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.Flow;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimHost;

/**
 * A phone: it registers one contact of an address-of-record, again and again, and calls others. It speaks UDP or TCP, and
 * is not behind a NAT.
 */
final class Phone {
    static final String PASSWORD = "secret";

    private final Ground ground;
    private final String user;
    private final int number;
    private final boolean tcp;
    private final Station station;
    private final SipStack stack;
    private final DigestClient digest;
    private final Calls calls;
    private @Nullable TransactionLayer layer;
    private long cseq;

    Phone(Ground ground, Wires wires, Calls calls, String user, int number) {
        this.ground = ground;
        this.user = user;
        this.number = number;
        this.calls = calls;
        tcp = number % 3 == 0;
        SimChance chance = ground.chance().split();
        SimHost host = ground.time().host();
        NodeId name = new NodeId("phone" + number);
        ground.network().connect(name, host);
        station = new Station(wires, name, host, new InetSocketAddress("192.0.2." + number, 0).getAddress());
        digest = new DigestClient(user, PASSWORD, chance);
        stack = new SipStack(StackSettings.DEFAULT, chance, new Gauges(), opened -> {
            layer = opened;
            return new Callee(this, opened, calls);
        });
        station.open(stack::attach);
    }

    String aor() {
        return user + "@sipring.test";
    }

    String contact() {
        return "sip:" + user + "@192.0.2." + number + ":" + Station.SIP + (tcp ? ";transport=tcp" : "");
    }

    /** Its half of the name of each dialog that it is called into. */
    String tag() {
        return "t" + number;
    }

    /** Transactions that it keeps. */
    int transactions() {
        return stack.size();
    }

    /** Registers once more: RFC 3261 section 10.2. Hears the final answer, or that there is none. */
    void register(int expires, InetSocketAddress node, Consumer<Optional<SipMessage>> answered) {
        cseq++;
        SipMessage request = begin("REGISTER", "sip:sipring.test", aor(), cseq)
                .add("Call-ID", "phone-" + number)
                .add("Contact", '<' + contact() + ">;expires=" + expires)
                .build();
        Errand errand = new Errand(this, digest, answer -> {
            if (answer.filter(response -> response.status() < 200).isEmpty()) {
                answered.accept(answer);
            }
        });
        errand.counting(next -> cseq = next).send(request, node);
    }

    /** Calls. The caller may think better of it: what it gets cancels the call. */
    Runnable call(Call call, InetSocketAddress node) {
        SipMessage request = begin("INVITE", "sip:" + call.aor(), call.aor(), 1)
                .add("Call-ID", call.id())
                .add("Contact", '<' + contact() + '>')
                .build();
        ground.trace().say(this, "begins " + call + " at " + node.getHostString());
        Errand errand = new Errand(this, digest, answer -> hear(call, answer));
        call.at(node);
        errand.send(request, node);
        return () -> {
            call.cancelled();
            errand.cancel();
        };
    }

    private MessageBuilder begin(String method, String uri, String to, long count) {
        return SipMessage.request(method, uri)
                .add("Max-Forwards", "70")
                .add("From", "<sip:" + aor() + ">;tag=" + number)
                .add("To", "<sip:" + to + '>')
                .add("CSeq", count + " " + method)
                .add("Content-Length", "0");
    }

    private void hear(Call call, Optional<SipMessage> answer) {
        int status = answer.map(SipMessage::status).orElse(0);
        if (answer.isPresent() && status >= 200 && status < 300) {
            // Each repeated 2xx as well: RFC 3261 section 13.2.2.4.
            call.answered(answer.get());
            Dialog dialog = Dialog.ofCaller(answer.get());
            acknowledge(dialog);
            call.confirmed();
            if (!call.isWith(answer.get())) {
                bye(dialog, ended -> {});
            }
        } else if (status == 0 || status >= 300) {
            call.refused(status);
        }
    }

    private void acknowledge(Dialog dialog) {
        List<InetSocketAddress> ways = calls.servers(dialog.edge(), tcp);
        if (!ways.isEmpty()) {
            open(ways.get(0), flow -> flow.ifPresent(way -> layer().sendAck(dialog.ack(), way)));
        }
    }

    /** Hangs up, by the first edge that does it. Hears the answer's status, or 0. */
    void hangUp(Call call, Consumer<Integer> answered) {
        ground.trace().say(this, "ends " + call);
        bye(call.of(this).orElseThrow(), status -> {
            if (status == 200) {
                call.ended(this);
            }
            answered.accept(status);
        });
    }

    private void bye(Dialog dialog, Consumer<Integer> answered) {
        tryBye(dialog, new ArrayDeque<>(calls.servers(dialog.edge(), tcp)), 0, answered);
    }

    private void tryBye(Dialog dialog, Deque<InetSocketAddress> ways, int last, Consumer<Integer> answered) {
        InetSocketAddress way = ways.poll();
        if (way == null) {
            answered.accept(last);
            return;
        }
        new Errand(this, digest, answer -> {
                    int status = answer.map(SipMessage::status).orElse(0);
                    // RFC 3263 section 4.3: the next server, where this one is silent or busy.
                    if (status == 0 || status == 503) {
                        tryBye(dialog, ways, status, answered);
                    } else if (status >= 200) {
                        answered.accept(status);
                    }
                })
                .send(dialog.bye().build(), way);
    }

    void open(InetSocketAddress to, Consumer<Optional<Flow>> then) {
        if (tcp) {
            station.connect(to, dialled -> then.accept(dialled.open()));
        } else {
            then.accept(Optional.of(station.udp(to)));
        }
    }

    TransactionLayer layer() {
        return Objects.requireNonNull(layer);
    }

    @Override
    public String toString() {
        return "phone" + number;
    }
}
