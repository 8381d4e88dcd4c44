package org.sipring.proxy.edge;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.sipring.api.NodeId;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/**
 * Names a flow to a phone, on the whole platform: who holds it, and which one it is.
 *
 * @param node the node that holds it
 * @param boot which life of that node
 * @param transport how the phone is reached
 * @param remote the phone's address as that node sees it
 * @param connection the connection in that life of the node; 0 for UDP
 */
public record FlowRef(NodeId node, long boot, Transport transport, InetSocketAddress remote, long connection) {
    /**
     * Names a flow of this node.
     *
     * @param node this node
     * @param boot this node's life
     * @param flow the flow, such as a message came by
     * @return its name
     */
    public static FlowRef of(NodeId node, long boot, Flow flow) {
        return new FlowRef(node, boot, flow.transport(), flow.remote(), flow.connection());
    }

    /**
     * The flow, as the node that holds it uses it.
     *
     * @param local where that node listens
     * @return the flow; perhaps closed
     */
    public Flow at(InetSocketAddress local) {
        return new Flow(transport, local, remote, connection, null);
    }

    /**
     * Writes it as the stored formats of version 1 have it.
     *
     * @param out where to
     * @throws IOException where {@code out} fails
     */
    public void write(DataOutputStream out) throws IOException {
        out.writeUTF(node.value());
        out.writeLong(boot);
        out.writeUTF(transport.name());
        write(out, remote);
        out.writeLong(connection);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return the flow's name
     * @throws IOException where the bytes end too soon
     * @throws IllegalArgumentException where they say something else
     */
    public static FlowRef read(DataInputStream in) throws IOException {
        NodeId node = new NodeId(in.readUTF());
        long boot = in.readLong();
        Transport transport = Transport.valueOf(in.readUTF());
        return new FlowRef(node, boot, transport, readAddress(in), in.readLong());
    }

    static void write(DataOutputStream out, InetSocketAddress address) throws IOException {
        byte[] number = address.getAddress().getAddress();
        out.writeByte(number.length);
        out.write(number);
        out.writeShort(address.getPort());
    }

    static InetSocketAddress readAddress(DataInputStream in) throws IOException {
        InetAddress number = InetAddress.getByAddress(in.readNBytes(in.readByte()));
        return new InetSocketAddress(number, in.readUnsignedShort());
    }
}
