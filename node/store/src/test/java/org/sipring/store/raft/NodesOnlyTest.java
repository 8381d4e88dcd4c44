package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.GroupManagementRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftClientRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.SetConfigurationRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sipring.api.Identity;

/** Who judges the callers of a replica, and what they want of it. */
final class NodesOnlyTest {
    private final List<Object> listeners = new ArrayList<>();
    private final NodesOnly door = new NodesOnly(identity(), RaftPeerId.valueOf("new"));
    private final List<Object> heard = new ArrayList<>();
    private final List<Status> closed = new ArrayList<>();

    private final ServerCall.Listener<Object> call =
            door.interceptCall(new Call(), new Metadata(), (same, headers) -> new Listener());

    @Test
    void aReplicaThatIsClosedLeavesNoListenerBehind() {
        assertThat(listeners).hasSize(1);

        door.close();

        assertThat(listeners).isEmpty();
    }

    private static RaftRpcRequestProto to(String replica) {
        return RaftRpcRequestProto.newBuilder()
                .setReplyId(RaftPeerId.valueOf(replica).toByteString())
                .build();
    }

    private static List<Object> oneReplica(String name) {
        RaftRpcRequestProto to = to(name);
        return List.of(
                AppendEntriesRequestProto.newBuilder().setServerRequest(to).build(),
                InstallSnapshotRequestProto.newBuilder().setServerRequest(to).build(),
                RequestVoteRequestProto.newBuilder().setServerRequest(to).build(),
                StartLeaderElectionRequestProto.newBuilder()
                        .setServerRequest(to)
                        .build(),
                SetConfigurationRequestProto.newBuilder().setRpcRequest(to).build(),
                GroupManagementRequestProto.newBuilder().setRpcRequest(to).build());
    }

    private static Stream<Object> forTheFormer() {
        return oneReplica("old").stream();
    }

    private static Stream<Object> forThisOne() {
        return oneReplica("new").stream();
    }

    private static Object change(String addressee) {
        return RaftClientRequestProto.newBuilder().setRpcRequest(to(addressee)).build();
    }

    @ParameterizedTest
    @MethodSource("forTheFormer")
    void whatIsMeantForTheReplicaBeforeItIsNotHeardAndEndsTheCallOnce(Object message) {
        call.onMessage(message);
        call.onMessage(oneReplica("new").get(0));
        call.onHalfClose();

        assertThat(heard).isEmpty();
        assertThat(closed).extracting(Status::getCode).containsExactly(Status.Code.NOT_FOUND);
        assertThat(closed.get(0).getDescription()).isEqualTo("another replica is at this address now: new");
    }

    @ParameterizedTest
    @MethodSource("forThisOne")
    void whatIsMeantForItIsHeard(Object message) {
        call.onMessage(message);
        call.onHalfClose();

        assertThat(heard).containsExactly(message, "end");
        assertThat(closed).isEmpty();
    }

    @Test
    void aChangeOfDocumentsIsHeardWhicheverReplicaItsSenderKnows() {
        call.onMessage(change("old"));

        assertThat(heard).containsExactly(change("old"));
    }

    private static <A> A proxy(Class<A> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Identity identity() {
        return proxy(Identity.class, (self, method, arguments) -> switch (method.getName()) {
            case "onChange" -> {
                listeners.add(arguments[0]);
                yield (Identity.Hearing) () -> listeners.remove(arguments[0]);
            }
            // Everybody is a node.
            case "authenticate" -> null;
            default -> throw new AssertionError(method.getName());
        });
    }

    private final class Listener extends ServerCall.Listener<Object> {
        @Override
        public void onMessage(Object message) {
            heard.add(message);
        }

        @Override
        public void onHalfClose() {
            heard.add("end");
        }
    }

    private final class Call extends ServerCall<Object, Object> {
        @Override
        public Attributes getAttributes() {
            SSLSession session = proxy(SSLSession.class, (self, method, arguments) -> {
                throw new AssertionError(method.getName());
            });
            return Attributes.newBuilder()
                    .set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session)
                    .build();
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed.add(status);
        }

        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(Object message) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<Object, Object> getMethodDescriptor() {
            throw new AssertionError("no method");
        }
    }
}
