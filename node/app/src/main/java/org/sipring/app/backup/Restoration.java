package org.sipring.app.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Backups.Replaced;
import org.sipring.app.account.PlatformApi;
import org.sipring.store.archive.ArchiveReader;
import org.sipring.store.archive.Item;
import org.sipring.store.command.Key;

/** Sends an archive to a platform, part by part. Used by one thread, once. */
public final class Restoration {
    // The last document may have 512 KiB, and in Base64 it is a third more, of the 2 MiB that the API takes.
    private static final int PART_BYTES = 3 << 18;
    private static final String WHERE = "/v1/restore";

    private final ArchiveFile archive;
    private final PlatformApi api;
    private final boolean pretend;
    private Replaced sum = Replaced.NOTHING;

    /**
     * Sends nothing yet.
     *
     * @param archive verified before
     * @param api the platform
     * @param pretend whether only to ask what would be done
     */
    public Restoration(ArchiveFile archive, PlatformApi api, boolean pretend) {
        this.archive = archive;
        this.api = api;
        this.pretend = pretend;
    }

    /**
     * Sends all of it.
     *
     * @return what was done, or would be
     * @throws IOException when the file cannot be read
     */
    public Replaced run() throws IOException {
        try (ArchiveReader in = archive.open()) {
            Optional<Key> after = Optional.empty();
            LargeSending large = new LargeSending(in.about().toString(), pretend ? document -> {} : this::post);
            Optional<Item> next = in.next(large);
            do {
                Part part = new Part(in.about().toString(), after);
                while (next.isPresent() && part.bytes < PART_BYTES) {
                    part.add(next.get());
                    next = in.next(large);
                }
                after = Optional.ofNullable(part.last);
                send(part, next.isEmpty());
            } while (next.isPresent());
        }
        return sum;
    }

    private JsonNode post(ObjectNode document) throws IOException {
        return api.take(
                        WHERE + (pretend ? "?pretend=true" : ""),
                        "application/json",
                        document.toString().getBytes(StandardCharsets.UTF_8))
                .json();
    }

    private void send(Part part, boolean last) throws IOException {
        JsonNode replaced = post(part.document(last));
        sum = sum.and(new Replaced(
                replaced.path("created").asLong(),
                replaced.path("changed").asLong(),
                replaced.path("removed").asLong(),
                replaced.path("same").asLong(),
                replaced.path("kept").asLong()));
    }

    /** A part in the making. */
    private static final class Part {
        private final ObjectNode document = JsonNodeFactory.instance.objectNode();
        private int bytes;
        private @Nullable Key last;

        Part(String source, Optional<Key> after) {
            document.put("source", source);
            after.ifPresent(key -> put(document.putObject("after"), key));
            document.putArray("documents");
        }

        private static ObjectNode put(ObjectNode place, Key key) {
            return place.put("collection", key.collection()).put("key", key.name());
        }

        void add(Item item) {
            ObjectNode added = put(document.withArray("documents").addObject(), item.key());
            added.put("value", item.value());
            item.refersTo().forEach(name -> added.withArray("refersTo").add(name.toString()));
            last = item.key();
            bytes += item.value().length + 256;
        }

        /** The last one has no end, so that what stands behind it goes. */
        ObjectNode document(boolean end) {
            if (!end && last != null) {
                put(document.putObject("upTo"), last);
            }
            return document;
        }
    }
}
