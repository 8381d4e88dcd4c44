package org.sipring.store.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands before the chunks, in the clear: the archive's key in an envelope for each who may read it. The chunks know
 * nothing of it, so another head may take its place.
 *
 * <pre>
 *  "sipring archive\n" version(1) readers(1) { name(UTF) length(2) envelope }
 * </pre>
 *
 * @param envelopes one for each reader
 */
record Head(List<Sealed> envelopes) {
    private static final byte[] MAGIC = "sipring archive\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int MOST = 255;

    Head {
        envelopes = List.copyOf(envelopes);
    }

    /**
     * The key for one.
     *
     * @param reader for people: nothing holds this to the envelope
     * @param envelope the key in it
     */
    record Sealed(String reader, byte[] envelope) {}

    static Head of(byte[] key, List<X509Certificate> readers, Wrapping wrapping) throws IOException {
        if (readers.isEmpty() || readers.size() > MOST) {
            throw new IOException("an archive for " + readers.size() + " certificates: give 1 to " + MOST);
        }
        List<Sealed> envelopes = new ArrayList<>();
        for (X509Certificate reader : readers) {
            try {
                envelopes.add(new Sealed(name(reader), wrapping.seal(key, reader)));
            } catch (GeneralSecurityException otherKind) {
                throw new IOException(
                        "nothing can be sealed for " + name(reader) + ": use a certificate with an EC key", otherKind);
            }
        }
        return new Head(envelopes);
    }

    /** What people call a certificate. */
    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + " (serial "
                + certificate.getSerialNumber().toString(16) + ')';
    }

    void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.write(MAGIC);
        out.writeByte(VERSION);
        out.writeByte(envelopes.size());
        for (Sealed one : envelopes) {
            out.writeUTF(one.reader());
            out.writeShort(one.envelope().length);
            out.write(one.envelope());
        }
        out.flush();
    }

    /** Lengths are of two bytes at most, so nothing that is read here takes more memory than that. */
    static Head read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        try {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new BadArchiveException("this is no archive of a platform's documents");
            }
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new BadArchiveException(
                        "the archive has format " + version + "; this release reads " + VERSION + ": use a newer one");
            }
            int readers = in.readUnsignedByte();
            List<Sealed> envelopes = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                String reader = in.readUTF();
                byte[] envelope = new byte[in.readUnsignedShort()];
                in.readFully(envelope);
                envelopes.add(new Sealed(reader, envelope));
            }
            return new Head(envelopes);
        } catch (EOFException | UTFDataFormatException cut) {
            throw new BadArchiveException("the file ends too early, or its head is damaged: copy it again", cut);
        }
    }

    byte[] key(Opener opener) throws BadArchiveException {
        return envelopes.stream()
                .map(one -> opener.open(one.envelope()))
                .flatMap(Optional::stream)
                .filter(key -> key.length == Chunks.KEY_BYTES)
                .findFirst()
                .orElseThrow(() -> new BadArchiveException("the archive was made for other certificates: "
                        + readers().stream().map(Head::printable).collect(Collectors.joining(", "))
                        + "; name the identity folder of one of them"));
    }

    List<String> readers() {
        return envelopes.stream().map(Sealed::reader).toList();
    }

    // It may come from anybody, and goes to a terminal.
    private static String printable(String name) {
        return name.replaceAll("[^\\p{Print}]", "?");
    }
}
