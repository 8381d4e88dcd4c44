package org.sipring.app.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.sipring.store.archive.ArchiveReader;
import org.sipring.store.large.Manifest;

/** Sends the large values of an archive to a platform, some chunks at a time, each before the documents that refer to it. */
final class LargeSending implements ArchiveReader.Taker {
    // Three of them, a third longer in Base64, and a value's name fit into the 2 MiB that the API takes.
    private static final int CHUNKS = 3;

    private final String source;
    private final Sender sender;
    private ObjectNode document = JsonNodeFactory.instance.objectNode();

    /** The way to the platform. */
    interface Sender {
        /** Sends a part. */
        void send(ObjectNode part) throws IOException;
    }

    LargeSending(String source, Sender sender) {
        this.source = source;
        this.sender = sender;
    }

    @Override
    public void chunk(byte[] bytes) throws IOException {
        document.withArray("chunks").add(bytes);
        if (document.withArray("chunks").size() >= CHUNKS) {
            send();
        }
    }

    @Override
    public void whole(Manifest manifest) throws IOException {
        document.withArray("large")
                .addObject()
                .put("name", manifest.name().toString())
                .put("chunks", manifest.bytes());
        send();
    }

    private void send() throws IOException {
        sender.send(document.put("source", source));
        document = JsonNodeFactory.instance.objectNode();
    }
}
