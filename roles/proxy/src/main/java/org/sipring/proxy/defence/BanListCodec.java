package org.sipring.proxy.defence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.sipring.api.Codec;

/** The format of the list of bans in its table and between nodes. */
final class BanListCodec implements Codec<BanList> {
    private static final int VERSION = 2;

    @Override
    public byte[] encode(BanList list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeShort(list.bans().size());
            for (Ban ban : list.bans()) {
                write(ban, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Ban ban, DataOutputStream out) throws IOException {
        out.writeLong(ban.senders().first());
        out.writeByte(ban.senders().bits());
        out.writeLong(ban.since());
        out.writeLong(ban.until());
        out.writeLong(ban.kept());
        out.writeByte(ban.reason().code());
        out.writeUTF(ban.text());
    }

    @Override
    public BanList decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IllegalArgumentException("bans of another release's format: run one release on all nodes");
            }
            List<Ban> bans = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                bans.add(read(in));
            }
            return BanList.of(bans);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a list of bans", e);
        }
    }

    private static Ban read(DataInputStream in) throws IOException {
        return new Ban(
                new Senders(in.readLong(), in.readUnsignedByte()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Ban.Reason.of((char) in.readUnsignedByte()),
                in.readUTF());
    }
}
