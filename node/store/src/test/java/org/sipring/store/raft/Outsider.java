package org.sipring.store.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Chance;
import org.sipring.certs.IdentityFolder;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.Workers;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.patience.Patience;
import org.sipring.testkit.SimChance;

/** Asks replicas for changes as a node does, without a replica of its own. Callable from any thread. */
public final class Outsider implements AutoCloseable {
    // A node's.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Rooms rooms = new Rooms();
    private final Workers workers = new Workers("outsider-closing");
    private final Chance chance;
    private final Patience patience = new Patience(rooms.open("outsider"), PATIENCE);
    private final Submitter submitter;

    /**
     * Connects to nobody yet.
     *
     * @param replicas all of them, as {@link StoreProcess#settle} tells them
     * @param identity its folder
     * @param seed names its requests; of its own
     * @throws Exception when the folder cannot be read
     */
    public Outsider(List<String> replicas, Path identity, long seed) throws Exception {
        List<Peer> peers = replicas.stream().map(StoreProcess::peer).toList();
        chance = new SimChance(seed);
        submitter = new Submitter(
                TestGroup.ID, () -> peers, IdentityFolder.load(identity, InstantSource.system()), patience, workers);
    }

    /**
     * Asks for a change.
     *
     * @param key the document's
     * @param value its new content
     * @param expected the revision that must be current
     * @return what came of it; fails with {@link java.util.concurrent.TimeoutException} where that is unknown
     */
    public CompletionStage<Answer> put(String key, String value, long expected) {
        Key document = new Key(StoreProcess.COLLECTION, key);
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        return submitter
                .submit(new Command.Put(request(), document, content, expected))
                .thenApply(Submitter.Told::answer);
    }

    private synchronized RequestId request() {
        return RequestId.next(chance, patience.now());
    }

    @Override
    public void close() throws IOException {
        submitter.close();
        rooms.close();
        workers.close();
    }
}
