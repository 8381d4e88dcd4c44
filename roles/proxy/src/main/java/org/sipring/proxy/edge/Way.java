package org.sipring.proxy.edge;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.sip.transport.Transport;

/** Which way leads to an edge now. */
public sealed interface Way {
    /** Over a flow of this node. */
    record Here() implements Way {}

    /**
     * Through the node that holds the flow.
     *
     * @param node that node
     * @param address its address
     */
    record Through(NodeId node, String address) implements Way {}

    /**
     * Straight to the phone over UDP: its node is gone.
     *
     * @param remote the phone
     */
    record Datagram(InetSocketAddress remote) implements Way {}

    /** By opening a connection to where the phone says it listens: its own died with its node. */
    record Connection() implements Way {}

    /**
     * Tells whether this node holds the flow.
     *
     * @return true for {@link Here}
     */
    default boolean here() {
        return this instanceof Here;
    }

    /**
     * Tells whether any node holds the flow.
     *
     * @return true for {@link Here} and {@link Through}
     */
    default boolean held() {
        return here() || this instanceof Through;
    }

    /**
     * Takes the way.
     *
     * @param here for {@link Here}
     * @param through for {@link Through}
     * @param datagram for {@link Datagram}, given the phone
     * @param connection for {@link Connection}
     */
    default void match(
            Runnable here, Consumer<Through> through, Consumer<InetSocketAddress> datagram, Runnable connection) {
        if (this instanceof Through other) {
            through.accept(other);
        } else if (this instanceof Datagram straight) {
            datagram.accept(straight.remote());
        } else {
            (here() ? here : connection).run();
        }
    }

    /**
     * Finds the way.
     *
     * @param edge where to
     * @param view the platform now
     * @param self this node
     * @return the way
     */
    static Way to(Edge edge, View view, NodeId self) {
        FlowRef flow = edge.flow();
        Member holder = view.member(flow.node()).orElse(null);
        boolean datagrams = flow.transport() == Transport.UDP;
        // A node that started again lost its connections; its UDP port, and a NAT's memory of it, are as before.
        boolean holds = holder != null && (datagrams || holder.boot() == flow.boot());
        if (holder == null || !holds) {
            return datagrams ? new Datagram(flow.remote()) : new Connection();
        }
        return flow.node().equals(self) ? new Here() : new Through(holder.id(), holder.address());
    }
}
