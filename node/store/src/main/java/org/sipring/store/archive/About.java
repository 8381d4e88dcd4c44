package org.sipring.store.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * What an archive is of.
 *
 * @param domain the platform's SIP domain
 * @param made when, by the clock of the node that made it
 * @param node the node's name
 */
public record About(String domain, Instant made, String node) {
    void write(DataOutputStream out) throws IOException {
        out.writeUTF(domain);
        out.writeLong(made.toEpochMilli());
        out.writeUTF(node);
    }

    static About read(DataInputStream in) throws IOException {
        return new About(in.readUTF(), Instant.ofEpochMilli(in.readLong()), in.readUTF());
    }

    @Override
    public String toString() {
        return "archive of " + domain + ", made by " + node + " at " + made;
    }
}
