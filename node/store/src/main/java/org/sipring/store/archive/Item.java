package org.sipring.store.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;

/**
 * A document in an archive.
 *
 * @param key which
 * @param revision its revision where it comes from
 * @param value its content; not to be modified
 */
public record Item(Key key, long revision, byte[] value) {
    void write(DataOutputStream out) throws IOException {
        out.writeUTF(key.collection());
        out.writeUTF(key.name());
        out.writeLong(revision);
        out.writeInt(value.length);
        out.write(value);
    }

    static Item read(DataInputStream in) throws IOException {
        Key key = new Key(in.readUTF(), in.readUTF());
        long revision = in.readLong();
        int length = in.readInt();
        if (length < 0 || length > Command.Put.LONGEST) {
            throw new BadArchiveException("the archive has a document of " + length + " bytes, which no store keeps");
        }
        byte[] value = new byte[length];
        in.readFully(value);
        return new Item(key, revision, value);
    }
}
