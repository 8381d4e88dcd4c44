package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Dialled;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Receiver;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** A stack of some loops on manual time, a user that remembers what it hears, and a network that keeps what is sent. */
final class Scene implements Meter {
    static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 5060);
    static final InetSocketAddress PHONE = new InetSocketAddress("192.0.2.9", 5070);
    static final Flow UDP = Flow.udp(HERE, PHONE);
    static final Flow TCP = new Flow(Transport.TCP, HERE, PHONE, 7, null);

    final SimTime time = new SimTime();
    private final Ticker ticker = time.ticker();
    final List<SipMessage> sent = new ArrayList<>();
    final List<Flow> sentTo = new ArrayList<>();
    final List<ServerTransaction> requests = new ArrayList<>();
    final List<SipMessage> acks = new ArrayList<>();
    final List<ServerTransaction> cancelled = new ArrayList<>();
    final List<TransactionLayer> layers = new ArrayList<>();
    final List<Receiver> receivers = new ArrayList<>();
    final SipStack stack;

    /** What became of the requests that {@link #sends} sent. */
    final Heard heard = new Heard();

    /** What the user does with a request at once. */
    Consumer<ServerTransaction> onRequest = transaction -> {};

    boolean connected = true;
    int dialled;

    Scene(int loops, int most) {
        this(loops, most, Door.OPEN);
    }

    Scene(int loops, int most, Door door) {
        stack = new SipStack(
                new StackSettings(TimerSettings.DEFAULT, most), new SimChance(1), this, this::user, loop -> door);
        for (int i = 0; i < loops; i++) {
            receivers.add(stack.attach(new Loop(i)));
        }
    }

    static Scene ofOneLoop() {
        return new Scene(1, 1_000);
    }

    private TransactionUser user(TransactionLayer layer) {
        layers.add(layer);
        return new TransactionUser() {
            @Override
            public void request(ServerTransaction transaction) {
                requests.add(transaction);
                onRequest.accept(transaction);
                transaction.onCancel(() -> cancelled.add(transaction));
            }

            @Override
            public void ack(Flow flow, SipMessage ack) {
                acks.add(ack);
            }
        };
    }

    /** The first loop sends a request of ours. */
    ClientTransaction sends(String method, Flow flow) {
        return sends(outgoing(method), flow);
    }

    ClientTransaction sends(MessageBuilder request, Flow flow) {
        return layers.get(0).send(request, flow, "", heard);
    }

    /** The first request that was sent is answered. */
    void answered(int status) {
        arrives(UDP, response(sent.get(0), status));
    }

    /** A request arrives; gives the transaction of the first that did. */
    ServerTransaction asked(Flow flow, String request) {
        arrives(flow, request);
        return requests.get(0);
    }

    /** The only transaction ends so many milliseconds from now, and not before. */
    void endsAfterMillis(long millis) {
        passMillis(millis - 1);
        assertThat(stack.size()).isEqualTo(1);
        passMillis(1);
        assertThat(stack.size()).isZero();
    }

    void arrives(Flow flow, String message) {
        arrives(0, flow, message);
    }

    void arrives(int loop, Flow flow, String message) {
        receivers.get(loop).received(flow, SipMessage.parse(bytes(message)));
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    void passMillis(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    SipMessage lastSent() {
        return sent.get(sent.size() - 1);
    }

    /** A request as a phone sends it. */
    static String request(String method, String branch) {
        return request(method, "Via: SIP/2.0/UDP 192.0.2.9:5070;branch=" + branch, "sip:bob@sipring.test");
    }

    static String request(String method, String via, String uri) {
        return """
                %s %s SIP/2.0
                %s
                Max-Forwards: 70
                From: <sip:alice@sipring.test>;tag=a
                To: <sip:bob@sipring.test>
                Call-ID: call-1
                CSeq: 1 %s
                Content-Length: 0

                """
                .formatted(method, uri, via, method.equals("CANCEL") ? "CANCEL" : method)
                .replace("\n", "\r\n");
    }

    /** A request of ours, without Via. */
    static MessageBuilder outgoing(String method) {
        return SipMessage.request(method, "sip:bob@192.0.2.9:5070")
                .add("Max-Forwards", "70")
                .add("From", "<sip:alice@sipring.test>;tag=a")
                .add("To", "<sip:bob@sipring.test>")
                .add("Call-ID", "call-1")
                .add("CSeq", "1 " + method)
                .add("Content-Length", "0");
    }

    static String response(SipMessage request, int status) {
        return Responses.of(request, status, "Reason", "b").toString();
    }

    static SipMessage parsed(byte[] bytes) {
        ParseResult result = SipMessage.parse(bytes);
        if (result instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError(result + " of " + new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}

    /** Remembers what became of a request. */
    static final class Heard implements ClientEvents {
        final List<Integer> statuses = new ArrayList<>();
        final List<Failure> failures = new ArrayList<>();

        @Override
        public void response(SipMessage response) {
            statuses.add(response.status());
        }

        @Override
        public void failed(Failure failure) {
            failures.add(failure);
        }
    }

    private final class Loop implements SipLoop {
        private final int index;

        Loop(int index) {
            this.index = index;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public Ticker ticker() {
            return ticker;
        }

        @Override
        public Flow udp(InetSocketAddress remote) {
            return Flow.udp(HERE, remote);
        }

        @Override
        public InetSocketAddress local(Transport transport) {
            return HERE;
        }

        @Override
        public boolean send(Flow flow, byte[] message) {
            boolean leaves = connected && message.length <= SipMessage.MOST_BYTES;
            if (leaves) {
                sent.add(parsed(message));
                sentTo.add(flow);
            }
            return leaves;
        }

        @Override
        public boolean open(Flow flow) {
            return connected;
        }

        @Override
        public void closeAfterSilence(Flow flow, Duration silence) {}

        @Override
        public void connect(InetSocketAddress remote, Consumer<Dialled> then) {
            dialled++;
            connected = true;
            then.accept(Dialled.to(new Flow(Transport.TCP, HERE, remote, 8, null)));
        }

        @Override
        public void secure(InetSocketAddress remote, String domain, Consumer<Dialled> then) {
            then.accept(Dialled.NOBODY);
        }

        @Override
        public void alias(Flow flow, int port) {}

        @Override
        public void link(NodeId node, String address, Consumer<Optional<Flow>> then) {
            then.accept(Optional.empty());
        }
    }
}
