package org.sipring.overlay.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.JoinMessage;
import com.hazelcast.internal.cluster.impl.JoinRequest;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.TcpServerConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.overlay.tls.TlsGate;

/** Hazelcast's node with our TLS around its channels and our rule for who may join. */
final class MemberExtension extends DefaultNodeExtension {
    private final TlsGate gate;
    private final Passport passport;

    MemberExtension(Node node, TlsGate gate, Passport passport) {
        super(node);
        this.gate = gate;
        this.passport = passport;
    }

    @Override
    public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(ServerContext context) {
        Function<EndpointQualifier, ChannelInitializer> plain = super.createChannelInitializerFn(context);
        return qualifier -> gate.around(plain.apply(qualifier));
    }

    /** Called by the master, under the cluster's lock. The message reaches the node that asks, which then stops. */
    @Override
    public void validateJoinRequest(JoinMessage message) {
        super.validateJoinRequest(message);
        if (message instanceof JoinRequest request) {
            refusal(request).ifPresent(reason -> {
                throw new IllegalStateException(reason);
            });
        }
    }

    @Override
    protected void printBannersBeforeNodeInfo() {
        // The log is the operator's: no logo.
    }

    private Optional<String> refusal(JoinRequest request) {
        return passport.refusal(request.getAttributes(), proved(request.getAddress()))
                .or(() -> namesake(request));
    }

    /** All connections that claim this address must come from one node, or none of them counts. */
    private Identity.@Nullable Holder proved(Address claimed) {
        List<Identity.Holder> peers =
                node.getServer().getConnectionManager(EndpointQualifier.MEMBER).getAllConnections(claimed).stream()
                        .filter(ServerConnection::isAlive)
                        .map(connection -> gate.peer(((TcpServerConnection) connection).getChannel()))
                        .flatMap(Optional::stream)
                        .toList();
        boolean one = peers.stream().map(Identity.Holder::node).distinct().count() == 1;
        return one ? peers.get(0) : null;
    }

    /** Two nodes of one name would be one in every view: an identity folder copied to a second host. */
    private Optional<String> namesake(JoinRequest request) {
        Optional<?> name = Passport.node(request.getAttributes());
        return node.getClusterService().getMembers().stream()
                .filter(member -> !member.getAddress().equals(request.getAddress()))
                .filter(member -> Passport.node(member.getAttributes()).equals(name))
                .map(member -> "a node of this name is a member at " + member.getAddress()
                        + ": give each host an identity of its own, or wait until the old one is out")
                .findFirst();
    }
}
