package org.sipring.overlay.forming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;

/**
 * What a node tells another before they share a cluster.
 *
 * @param node its name; believed only when the certificate says the same
 * @param phase what it is doing
 * @param roster what it remembers; a member tells the present; empty for a node that has never been on a platform
 */
public record Greeting(NodeId node, Phase phase, Optional<Roster> roster) {
    /** The most bytes a greeting takes: some 2,000 members. */
    static final int LIMIT = 256 * 1024;

    private static final int VERSION = 1;

    /**
     * The platform it belongs to.
     *
     * @return the platform id, or empty for a newcomer
     */
    public Optional<String> platform() {
        return roster.map(Roster::platform);
    }

    /**
     * For the wire: a length of four bytes, then as many.
     *
     * @return the bytes
     */
    public byte[] frame() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(body));
            new DataOutputStream(frame).writeInt(body.size());
            body.writeTo(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frame.toByteArray();
    }

    /**
     * Reads what {@link #frame} wrote.
     *
     * @param in a stream
     * @return the greeting
     * @throws IOException when it is too long, cut off or of no known format
     */
    static Greeting read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > LIMIT) {
            throw new IOException("a greeting of " + length + " bytes");
        }
        byte[] body = in.readNBytes(length);
        try {
            return parse(new DataInputStream(new ByteArrayInputStream(body)));
        } catch (IllegalArgumentException e) {
            throw new IOException("a greeting of unknown format", e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(node.value());
        out.writeUTF(phase.name());
        out.writeBoolean(roster.isPresent());
        if (roster.isPresent()) {
            write(out, roster.get());
        }
    }

    private static void write(DataOutputStream out, Roster roster) throws IOException {
        out.writeUTF(roster.platform());
        out.writeLong(roster.generation());
        out.writeInt(roster.seats().size());
        for (Roster.Seat seat : roster.seats()) {
            out.writeUTF(seat.node().value());
            out.writeUTF(seat.host());
            out.writeInt(seat.port());
        }
    }

    private static Greeting parse(DataInputStream in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("a greeting of version " + version + ", this release reads " + VERSION);
        }
        NodeId node = new NodeId(in.readUTF());
        Phase phase = Phase.valueOf(in.readUTF());
        return new Greeting(node, phase, in.readBoolean() ? Optional.of(parseRoster(in)) : Optional.empty());
    }

    private static Roster parseRoster(DataInputStream in) throws IOException {
        String platform = in.readUTF();
        long generation = in.readLong();
        int count = in.readInt();
        List<Roster.Seat> seats = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seats.add(new Roster.Seat(new NodeId(in.readUTF()), in.readUTF(), in.readInt()));
        }
        return new Roster(platform, generation, seats);
    }

    /** What a node is doing. */
    public enum Phase {
        /** A member of the running platform. */
        MEMBER,
        /** Waits to join or to form. */
        WAITING,
        /** About to form the platform: the others wait for it. */
        FORMING
    }
}
