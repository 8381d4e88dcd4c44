package org.sipring.store.raft;

import java.security.cert.CertificateException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers nodes of the platform and nobody else. The trust manager, which judges whom a replica asks, would not do alone: a resumed session is not shown to it,
 * and a stream between replicas goes on for months, in which a node may be revoked. Nor does a replica answer what is meant for
 * another: Ratis compares no names, so one at the address of a former one would answer for that. Callable from any thread.
 */
final class NodesOnly implements ServerInterceptor, GrpcServices.Customizer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodesOnly.class);

    private static final int MOST_SAID = 100;

    private final Identity identity;
    private final ByteString self;
    // Counts the changes after which those who speak are judged again.
    private final AtomicInteger changes = new AtomicInteger();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Identity.Hearing hearing;
    private final Threshold threshold = new Threshold();

    NodesOnly(Identity identity, RaftPeerId self) {
        this.identity = identity;
        this.self = self.toByteString();
        hearing = identity.onChange(() -> {
            said.clear();
            changes.incrementAndGet();
        });
    }

    /** Hears of no more changes: the server has ended, and nobody is to be judged any more. */
    @Override
    public void close() {
        hearing.end();
        threshold.close();
    }

    @Override
    public NettyServerBuilder customize(NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
        return threshold.before(builder).intercept(this);
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        Judge judge = new Judge(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        return judge.admits(call) ? new Judged<>(next.startCall(call, headers), call, judge) : new Nobody<>();
    }

    // It asks again and again: each is told of once after a change of the list.
    private void say(CertificateException stranger) {
        if (said.size() < MOST_SAID && said.add(String.valueOf(stranger.getMessage()))) {
            LOG.warn("a replica does not hear a peer: {}", stranger.getMessage());
        }
    }

    /** What is known of one peer. The messages of a call come one after the other. */
    private final class Judge {
        private final @Nullable SSLSession session;
        private int judged = -1;
        private boolean node;

        Judge(@Nullable SSLSession session) {
            this.session = session;
        }

        /** Whether it is a node; the call of one that is not is closed. */
        boolean admits(ServerCall<?, ?> call) {
            int now = changes.get();
            if (now != judged) {
                judged = now;
                node = judge(call);
            }
            return node;
        }

        private boolean judge(ServerCall<?, ?> call) {
            try {
                if (session == null) {
                    throw new CertificateException("the peer speaks without TLS");
                }
                identity.authenticate(session);
                return true;
            } catch (CertificateException stranger) {
                say(stranger);
                call.close(Status.PERMISSION_DENIED.withDescription(stranger.getMessage()), new Metadata());
                return false;
            }
        }
    }

    /** Whether a message is for this replica; the call of one that is not is closed. */
    private boolean isOurs(Object message, ServerCall<?, ?> call) {
        boolean ours = Addressee.of(message).map(self::equals).orElse(true);
        if (!ours) {
            String which = self.toStringUtf8();
            call.close(
                    Status.NOT_FOUND.withDescription("another replica is at this address now: " + which),
                    new Metadata());
        }
        return ours;
    }

    private final class Judged<A> extends ForwardingServerCallListener.SimpleForwardingServerCallListener<A> {
        private final ServerCall<A, ?> call;
        private final Judge judge;
        private boolean refused;

        Judged(ServerCall.Listener<A> delegate, ServerCall<A, ?> call, Judge judge) {
            super(delegate);
            this.call = call;
            this.judge = judge;
        }

        @Override
        public void onMessage(A message) {
            refused = refused || !judge.admits(call) || !isOurs(message, call);
            if (!refused) {
                super.onMessage(message);
            }
        }

        // Who waits for one message would miss it, and close the call once more.
        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }
    }

    private static final class Nobody<A> extends ServerCall.Listener<A> {}
}
