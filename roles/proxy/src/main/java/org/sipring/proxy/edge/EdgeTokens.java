package org.sipring.proxy.edge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sipring.api.NodeId;
import org.sipring.sip.transport.Transport;

/**
 * Writes edges into the user part of a Record-Route URI and reads them back. A token is authenticated, not secret: it
 * tells a phone nothing about the other that the Contact does not.
 *
 * <pre>
 *  version(1) key(4) tcp(1) instance(4) regId(2) boot(8) connection(8)
 *  address length(1) address port(2) node length(1) node aor mac(12)
 * </pre>
 *
 * in base64url without padding: all of its characters may stand in a user part, RFC 3261 section 25.1.
 */
public final class EdgeTokens {
    private static final int VERSION = 1;
    private static final int MAC_BYTES = 12;
    private static final int LONGEST = 600;
    private static final String HMAC = "HmacSHA256";

    private final TokenKeys keys;

    /**
     * Tokens under the platform's keys.
     *
     * @param keys the keys
     */
    public EdgeTokens(TokenKeys keys) {
        this.keys = keys;
    }

    /**
     * Writes an edge.
     *
     * @param edge the edge
     * @return its token
     */
    public String seal(Edge edge) {
        TokenKeys.Key key = keys.newest();
        byte[] content = write(edge, key.id());
        byte[] token = Arrays.copyOf(content, content.length + MAC_BYTES);
        System.arraycopy(mac(key, content), 0, token, content.length, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * Reads a token.
     *
     * @param token what a Route says
     * @return the edge, or empty when no node of this platform wrote it lately
     */
    public Optional<Edge> open(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            return bytes.length > MAC_BYTES + 5 && bytes[0] == VERSION ? checked(bytes) : Optional.empty();
        } catch (IllegalArgumentException | IOException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Edge> checked(byte[] bytes) throws IOException {
        byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] written = Arrays.copyOfRange(bytes, content.length, bytes.length);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        in.readByte();
        Optional<TokenKeys.Key> key = keys.find(in.readInt());
        boolean genuine = key.isPresent() && MessageDigest.isEqual(mac(key.get(), content), written);
        return genuine ? Optional.of(read(in)) : Optional.empty();
    }

    private static byte[] write(Edge edge, int key) {
        FlowRef flow = edge.flow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(key);
            out.writeBoolean(flow.transport() == Transport.TCP);
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

    private static Edge read(DataInputStream in) throws IOException {
        Transport transport = in.readBoolean() ? Transport.TCP : Transport.UDP;
        int instance = in.readInt();
        int regId = in.readUnsignedShort();
        long boot = in.readLong();
        long connection = in.readLong();
        InetSocketAddress remote = FlowRef.readAddress(in);
        NodeId node = new NodeId(in.readUTF());
        return new Edge(in.readUTF(), instance, regId, new FlowRef(node, boot, transport, remote, connection));
    }

    private static byte[] mac(TokenKeys.Key key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.secret(), HMAC));
            return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java has no " + HMAC + ": use one that has", broken);
        }
    }
}
