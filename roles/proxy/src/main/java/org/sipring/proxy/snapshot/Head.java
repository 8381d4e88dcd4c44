package org.sipring.proxy.snapshot;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * What a snapshot says of itself.
 *
 * @param platform whose bindings they are
 * @param written when, by its node's clock
 */
record Head(String platform, Instant written) {
    void write(DataOutputStream out) throws IOException {
        out.writeUTF(platform);
        out.writeLong(written.toEpochMilli());
    }

    static Head read(DataInputStream in) throws IOException {
        return new Head(in.readUTF(), Instant.ofEpochMilli(in.readLong()));
    }
}
