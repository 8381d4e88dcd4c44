package org.sipring.store.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import org.sipring.api.LargeName;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.large.LargeCodec;

/**
 * A document in an archive.
 *
 * @param key which
 * @param revision its revision where it comes from
 * @param value its content; not to be modified
 * @param refersTo the large values that it refers to; they are before it
 */
public record Item(Key key, long revision, byte[] value, Set<LargeName> refersTo) {
    /**
     * A document that refers to no large value.
     *
     * @param key which
     * @param revision its revision where it comes from
     * @param value its content; not to be modified
     */
    public Item(Key key, long revision, byte[] value) {
        this(key, revision, value, Set.of());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(key.collection());
        out.writeUTF(key.name());
        out.writeLong(revision);
        out.writeInt(value.length);
        out.write(value);
        if (!refersTo.isEmpty()) {
            LargeCodec.write(out, refersTo);
        }
    }

    /** One of {@link Records#REFERRING}. */
    static Item readReferring(DataInputStream in) throws IOException {
        Item item = read(in);
        return new Item(item.key(), item.revision(), item.value(), LargeCodec.readNames(in));
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
