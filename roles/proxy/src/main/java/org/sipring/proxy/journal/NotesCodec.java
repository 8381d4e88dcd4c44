package org.sipring.proxy.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a node says of a call, as bytes: sentences, so that nodes of other releases can print them. */
final class NotesCodec {
    private static final byte VERSION = 1;

    private NotesCodec() {}

    static byte[] write(List<Note> notes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(notes.size());
            for (Note note : notes) {
                out.writeLong(note.time().toEpochMilli());
                out.writeUTF(note.text());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Fails where the bytes are not what {@link #write} wrote. */
    static List<Note> read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IllegalArgumentException("notes of a later release");
            }
            List<Note> notes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                notes.add(new Note(Instant.ofEpochMilli(in.readLong()), Printable.text(in.readUTF())));
            }
            return notes;
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }
}
