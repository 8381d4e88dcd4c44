package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.testkit.SimChance;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** RFC 2136 section 4: what becomes of an operation when the server or the network does not do its part. */
class Rfc2136PrimaryTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final RrSet N1 = RrSet.of("n1.sipring.test.", "A", 30, List.of("127.0.0.11"));
    private static final Update UPDATE = new Update(List.of(), List.of(new Update.Add(N1)));

    private final Room room = new Room();
    private final AtomicInteger requests = new AtomicInteger();
    private ServerSocket socket;

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        room.close();
    }

    private Primary primary() {
        InetSocketAddress server = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        return new Rfc2136Primary(
                server, "sipring.test.", () -> Optional.of(Asking.KEY), LIMIT, room, new SimChance(1));
    }

    /** Serves one connection: each request is turned into an answer; an empty one closes the connection. */
    private Primary answering(UnaryOperator<byte[]> answer) {
        Thread server = new Thread(() -> {
            try (Socket client = socket.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                byte[] bytes = answer.apply(in.readNBytes(in.readUnsignedShort()));
                while (bytes.length > 0) {
                    requests.incrementAndGet();
                    out.writeShort(bytes.length);
                    out.write(bytes);
                    bytes = answer.apply(in.readNBytes(in.readUnsignedShort()));
                }
            } catch (IOException e) {
                // The client has gone.
            }
        });
        server.setDaemon(true);
        server.start();
        return primary();
    }

    private static Message parse(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Message reply(byte[] request, int rcode) {
        Message answer = Request.bare(parse(request).getHeader(), rcode);
        answer.getHeader().setFlag(Flags.AA);
        return answer;
    }

    private static byte[] unsigned(byte[] request, int rcode) {
        return reply(request, rcode).toWire();
    }

    private static byte[] signed(byte[] request, int rcode) {
        Message answer = reply(request, rcode);
        answer.setTSIG(Asking.SIGNER, Rcode.NOERROR, parse(request).getTSIG());
        return answer.toWire(Message.MAXLENGTH);
    }

    private static void assertFails(CompletionStage<?> stage, String why) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThatThrownBy(future::join)
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    private static UpdateResult result(Primary primary) {
        return primary.update(UPDATE).toCompletableFuture().join();
    }

    @Test
    void aServerThatIsDownFailsTheStageAndIsNamed() throws IOException {
        Primary primary = primary();
        int port = socket.getLocalPort();
        socket.close();
        assertFails(primary.update(UPDATE), "cannot connect to name server localhost:" + port);
        assertFails(primary.read(Set.of(N1.key())), "cannot connect");
    }

    @Test
    void aServerThatHangsFailsTheStageWithinTheLimit() {
        long start = room.nanos();
        assertFails(primary().update(UPDATE), "no answer from name server");
        assertThat(Duration.ofNanos(room.nanos() - start)).isBetween(LIMIT, LIMIT.plusSeconds(5));
    }

    @Test
    void aConnectionThatBreaksFailsTheStage() {
        assertFails(answering(request -> new byte[0]).update(UPDATE), "closed the connection");
    }

    @Test
    void anUpdateIsSentOnceOnly() {
        Primary primary = answering(request -> signed(request, Rcode.SERVFAIL));
        assertThat(result(primary)).isEqualTo(UpdateResult.REFUSED);
        assertThat(requests).hasValue(1);
    }

    @Test
    void resultsFollowTheResponseCode() {
        assertThat(result(answering(request -> signed(request, Rcode.NOERROR)))).isEqualTo(UpdateResult.APPLIED);
        for (int rcode : List.of(Rcode.NXDOMAIN, Rcode.YXDOMAIN, Rcode.NXRRSET, Rcode.YXRRSET)) {
            assertThat(result(answering(request -> signed(request, rcode))))
                    .isEqualTo(UpdateResult.PREREQUISITE_FAILED);
        }
        for (int rcode : List.of(Rcode.FORMERR, Rcode.SERVFAIL, Rcode.NOTIMP, Rcode.REFUSED, Rcode.NOTZONE)) {
            assertThat(result(answering(request -> unsigned(request, rcode)))).isEqualTo(UpdateResult.REFUSED);
        }
        assertThat(result(answering(request -> unsigned(request, Rcode.NOTAUTH))))
                .isEqualTo(UpdateResult.NOT_AUTHENTIC);
    }

    @Test
    void anUnsignedWordThatTheUpdateWasAppliedIsNotBelieved() {
        assertFails(answering(request -> unsigned(request, Rcode.NOERROR)).update(UPDATE), "did not sign");
        assertFails(answering(request -> unsigned(request, Rcode.NXRRSET)).update(UPDATE), "did not sign");
    }

    @Test
    void aWronglySignedWordIsNotBelieved() {
        assertFails(
                answering(request -> {
                            byte[] answer = signed(request, Rcode.NOERROR);
                            answer[3] |= Rcode.YXRRSET;
                            return answer;
                        })
                        .update(UPDATE),
                "signed its answer wrongly (BADSIG)");
    }

    @Test
    void anAnswerToAnotherMessageIsNotTaken() {
        assertFails(
                answering(request -> {
                            byte[] answer = signed(request, Rcode.NOERROR);
                            answer[0] ^= 1;
                            return answer;
                        })
                        .update(UPDATE),
                "another message");
    }

    @Test
    void garbageFailsTheStage() {
        CompletableFuture<?> future =
                answering(request -> new byte[] {1, 2, 3}).update(UPDATE).toCompletableFuture();
        assertThatThrownBy(future::join).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aServerThatIsNotAuthoritativeIsNotRead() {
        Primary primary = answering(request -> {
            Message answer = reply(request, Rcode.NOERROR);
            answer.getHeader().unsetFlag(Flags.AA);
            answer.setTSIG(Asking.SIGNER, Rcode.NOERROR, parse(request).getTSIG());
            return answer.toWire(Message.MAXLENGTH);
        });
        assertFails(primary.read(Set.of(new RrKey("n1.sipring.test.", "A"))), "not authoritative");
    }

    @Test
    void anUnsignedReadIsNotBelieved() {
        Primary primary = answering(request -> unsigned(request, Rcode.NXDOMAIN));
        assertFails(primary.read(Set.of(new RrKey("n1.sipring.test.", "A"))), "TSIG");
    }
}
