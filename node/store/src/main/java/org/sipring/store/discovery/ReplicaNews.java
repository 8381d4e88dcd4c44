package org.sipring.store.discovery;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.raft.Peer;

/**
 * What a node tells the others of its replica: {@code n3@FOLDER ADDRESS PORT SERIAL}.
 *
 * @param peer where it is found
 * @param certificate the serial number of its node's certificate: once that is revoked, nobody waits for the replica
 */
record ReplicaNews(Peer peer, BigInteger certificate) {
    private static final int FIELDS = 4;

    byte[] frame() {
        InetSocketAddress address = peer.address();
        return String.join(
                        " ",
                        peer.name().toString(),
                        address.getAddress().getHostAddress(),
                        String.valueOf(address.getPort()),
                        certificate.toString())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what a node told; empty where it is malformed, or of another's replica. */
    static Optional<ReplicaNews> read(NodeId from, byte[] frame) {
        String[] fields = new String(frame, StandardCharsets.US_ASCII).split(" ", -1);
        try {
            Peer peer =
                    new Peer(ReplicaName.of(fields[0]), new InetSocketAddress(fields[1], Integer.parseInt(fields[2])));
            return fields.length == FIELDS && peer.name().node().equals(from)
                    ? Optional.of(new ReplicaNews(peer, new BigInteger(fields[FIELDS - 1])))
                    : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }
}
