package org.sipring.overlay.view;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;

/** Announcements and composed views as bytes. Their size is bounded by the message that carries them. */
final class ViewFormat {
    private static final int VERSION = 2;

    private ViewFormat() {}

    /** An announcement, and the id of the view that its sender has. */
    record Announcement(Announced announced, long view) {}

    static byte[] encode(Announcement announcement) {
        return write(out -> {
            out.writeByte(VERSION);
            out.writeLong(announcement.view());
            write(out, announcement.announced());
        });
    }

    static byte[] encode(Composed composed) {
        return write(out -> {
            out.writeByte(VERSION);
            out.writeLong(composed.term());
            out.writeLong(composed.order());
            out.writeLong(composed.generation());
            out.writeUTF(composed.platform());
            out.writeInt(composed.announced().size());
            for (Announced announced : composed.announced()) {
                write(out, announced);
            }
        });
    }

    /** Throws IllegalArgumentException when the bytes are of no known format. */
    static Announcement announcement(byte[] bytes) {
        return read(bytes, in -> {
            long view = in.readLong();
            return new Announcement(announced(in), view);
        });
    }

    /** Throws IllegalArgumentException when the bytes are of no known format. */
    static Composed composed(byte[] bytes) {
        return read(bytes, in -> {
            long term = in.readLong();
            long order = in.readLong();
            long generation = in.readLong();
            String platform = in.readUTF();
            int count = in.readInt();
            List<Announced> announced = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                announced.add(announced(in));
            }
            return new Composed(term, order, generation, platform, announced);
        });
    }

    private static void write(DataOutputStream out, Announced announced) throws IOException {
        Member member = announced.member();
        out.writeLong(announced.life().getMostSignificantBits());
        out.writeLong(announced.life().getLeastSignificantBits());
        out.writeInt(announced.port());
        out.writeUTF(member.id().value());
        out.writeUTF(member.address());
        out.writeInt(member.roles().size());
        for (RoleName role :
                member.roles().stream().sorted(Comparator.naturalOrder()).toList()) {
            out.writeUTF(role.value());
        }
        out.writeInt(member.weight());
        out.writeUTF(member.version());
        out.writeUTF(member.state().name());
        out.writeLong(member.boot());
        out.writeLong(member.rank());
        out.writeBoolean(member.busy());
    }

    private static Announced announced(DataInputStream in) throws IOException {
        UUID life = new UUID(in.readLong(), in.readLong());
        int port = in.readInt();
        NodeId id = new NodeId(in.readUTF());
        String address = in.readUTF();
        int count = in.readInt();
        Set<RoleName> roles = new HashSet<>();
        for (int i = 0; i < count; i++) {
            roles.add(new RoleName(in.readUTF()));
        }
        int weight = in.readInt();
        String version = in.readUTF();
        NodeState state = NodeState.valueOf(in.readUTF());
        Member member = new Member(id, address, roles, weight, version, state, in.readLong(), in.readLong(), false);
        return new Announced(life, port, member.spared(in.readBoolean()));
    }

    private static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reader<T> reader) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("version " + version + ", this release reads " + VERSION);
            }
            return reader.read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("cut off", e);
        }
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }
}
