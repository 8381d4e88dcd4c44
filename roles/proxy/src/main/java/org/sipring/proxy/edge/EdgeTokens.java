package org.sipring.proxy.edge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.proxy.keys.Key;
import org.sipring.proxy.keys.Keys;
import org.sipring.proxy.keys.Purpose;
import org.sipring.proxy.keys.Veil;
import org.sipring.sip.transport.Transport;

/**
 * Writes edges into the user part of a Record-Route URI and reads them back. A token tells nobody but the nodes what
 * it says: who hides who they are, or a phone behind another address, stays hidden. It is good for one call of one caller:
 * requests of a dialog, on whichever node they arrive, have its Call-ID and the caller's tag (RFC 3261 section 12.2.1.1),
 * and whoever learns a token learns no way to the phone beyond that.
 *
 * <pre>
 *  transport(1) instance(4) regId(2) boot(8) connection(8)
 *  address length(1) address port(2) node length(2) node aor length(2) aor
 * </pre>
 *
 * under the platform's veil: all of its characters may stand in a user part, RFC 3261 section 25.1.
 */
public final class EdgeTokens {
    private static final int LONGEST = 600;
    // No host holds one.
    private static final String BETWEEN = " ";

    // Each has its number as long as tokens of an earlier release are about: new ones come behind.
    private static final List<Transport> TRANSPORTS =
            List.of(Transport.UDP, Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS);

    private final Veil phones;
    private final Veil domains;

    /**
     * Tokens under the platform's keys.
     *
     * @param keys the keys
     */
    public EdgeTokens(Keys keys) {
        phones = new Veil(keys, Purpose.EDGE, LONGEST);
        domains = new Veil(keys, Purpose.FOREIGN, LONGEST);
    }

    /**
     * Writes an edge.
     *
     * @param edge the edge
     * @param bond the dialog of the request that will show the token
     * @return its token
     */
    public String seal(Edge edge, Bond bond) {
        return phones.hide(write(edge), bond.subject());
    }

    /**
     * The key of a token.
     *
     * @param token what a Route says, whether it is a token or not
     * @return the key that it was sealed with, if it is one
     */
    Optional<Key> key(String token) {
        return phones.key(token);
    }

    /**
     * Reads a token.
     *
     * @param token what a Route says
     * @param bond the dialog that the request which shows it may be of
     * @return the edge, or empty when no node of this platform wrote it lately for this dialog
     */
    public Optional<Edge> open(String token, Bond bond) {
        return phones.read(token, bond.subject()).flatMap(EdgeTokens::read);
    }

    /**
     * Writes that a call goes on in another domain.
     *
     * @param side the one host there that its requests may be sent to, and where they come from
     * @param bond the dialog
     * @return its token
     */
    public String sealForeign(Party side, Bond bond) {
        String content = side.opposite().isEmpty() ? side.name() : side.name() + BETWEEN + side.opposite();
        return domains.hide(content.getBytes(StandardCharsets.UTF_8), bond.subject());
    }

    /**
     * Reads a token that leads to another domain.
     *
     * @param token what a Route says
     * @param bond the dialog that the request which shows it may be of
     * @return that side, or empty when no node of this platform wrote it lately for this dialog
     */
    public Optional<Party> openForeign(String token, Bond bond) {
        return domains.read(token, bond.subject())
                .map(content -> new String(content, StandardCharsets.UTF_8).split(BETWEEN, 2))
                .map(hosts -> Party.abroad(hosts[0], hosts.length == 1 ? "" : hosts[1]));
    }

    private static byte[] write(Edge edge) {
        FlowRef flow = edge.flow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(TRANSPORTS.indexOf(flow.transport()));
            out.writeInt(edge.instance());
            out.writeShort(edge.regId());
            out.writeLong(flow.boot());
            out.writeLong(flow.connection());
            FlowRef.write(out, flow.remote());
            out.writeUTF(flow.node().value());
            out.writeUTF(edge.aor());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Optional<Edge> read(byte[] content) {
        try {
            return Optional.of(read(new DataInputStream(new ByteArrayInputStream(content))));
        } catch (IllegalArgumentException | IOException malformed) {
            return Optional.empty();
        }
    }

    private static Transport transport(int number) throws IOException {
        if (number >= TRANSPORTS.size()) {
            throw new IOException("a transport of another release");
        }
        return TRANSPORTS.get(number);
    }

    private static Edge read(DataInputStream in) throws IOException {
        Transport transport = transport(in.readUnsignedByte());
        int instance = in.readInt();
        int regId = in.readUnsignedShort();
        long boot = in.readLong();
        long connection = in.readLong();
        InetSocketAddress remote = FlowRef.readAddress(in);
        NodeId node = new NodeId(in.readUTF());
        return new Edge(in.readUTF(), instance, regId, new FlowRef(node, boot, transport, remote, connection));
    }
}
