package org.sipring.overlay.member;

import com.hazelcast.instance.AddressPicker;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.sipring.overlay.tls.TlsGate;

/**
 * The parts of a Hazelcast node that are ours. Internal classes of Hazelcast, which its releases 5.3 to 5.7 left alone:
 * see RATIONALE.md.
 */
final class MemberContext extends DefaultNodeContext {
    private final InetSocketAddress listen;
    private final Passport passport;
    private final TlsGate gate;
    private final NodeChores chores;
    private final Mandate mandate;

    MemberContext(InetSocketAddress listen, Passport passport, TlsGate gate, NodeChores chores, Mandate mandate) {
        this.listen = listen;
        this.passport = passport;
        this.gate = gate;
        this.chores = chores;
        this.mandate = mandate;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        chores.attach(node);
        node.loggingService.addLogListener(Level.SEVERE, mandate.refusals());
        return new MemberExtension(node, gate, passport);
    }

    @Override
    public AddressPicker createAddressPicker(Node node) {
        return new FixedAddress(listen);
    }

    @Override
    public Joiner createJoiner(Node node) {
        return new StrictJoiner(node, mandate.form(), mandate.known());
    }

    /**
     * What this start may do.
     *
     * @param form whether it forms a cluster; else it joins one
     * @param known where members may be
     * @param refusals hears why the cluster said no
     */
    record Mandate(boolean form, Supplier<List<InetSocketAddress>> known, RefusalListener refusals) {}
}
