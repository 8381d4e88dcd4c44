package org.sipring.app.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.sipring.api.Ticker;
import org.sipring.dns.wire.TsigKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key with which this platform signs its updates of DNS. It stands in the store, so that the file of one node is enough
 * for all that may write. A file counts where the platform has no key yet, and where it says something else than it did when
 * this node last looked: then an operator has changed it. Callable from any thread.
 */
final class UpdateKey implements Supplier<Optional<TsigKey>> {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateKey.class);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Optional<Own> own;
    private volatile Optional<TsigKey> shared = Optional.empty();

    private record Own(Path file, TsigKey key) {}

    private UpdateKey(Optional<Own> own) {
        this.own = own;
    }

    /**
     * Reads a node's own file, if it has one.
     *
     * @param file its file
     * @return what it says, until the platform says more
     * @throws IOException when it cannot be used
     */
    static UpdateKey read(Optional<Path> file) throws IOException {
        return new UpdateKey(
                file.isPresent() ? Optional.of(new Own(file.get(), TsigKey.read(file.get()))) : Optional.empty());
    }

    /** The platform's, else this node's own; empty where there is none. */
    @Override
    public Optional<TsigKey> get() {
        return shared.or(() -> own.map(Own::key));
    }

    /**
     * Gives this node's own to the platform, where that is due, and follows the platform's from then on. Blocks until that has
     * been tried; where it fails it is tried again.
     *
     * @param store where it stands
     * @param self this node
     * @param room when to try again
     */
    void share(Store store, NodeId self, Ticker room) {
        SharedKey documents = new SharedKey(store);
        documents.watch(() -> refresh(documents));
        own.ifPresent(
                ours -> offer(documents, ours, self, room).toCompletableFuture().join());
        refresh(documents);
    }

    private CompletionStage<Void> offer(SharedKey documents, Own ours, NodeId self, Ticker room) {
        return documents.give(ours.key(), self).handle((outcome, failure) -> {
            if (failure == null) {
                log(outcome, ours);
                refresh(documents);
            } else {
                LOG.warn(
                        "{} could not be compared with the platform's key, it is tried again: {}",
                        ours.file(),
                        failure.toString());
                room.after(AGAIN, () -> {
                    var unused = offer(documents, ours, self, room);
                });
            }
            return null;
        });
    }

    private static void log(SharedKey.Outcome outcome, Own ours) {
        switch (outcome) {
            case GIVEN -> LOG.info("the platform signs its updates of DNS with {} from now on", ours.key());
            case PASSED_OVER ->
                LOG.warn(
                        "the platform signs its updates of DNS with another key than that of {}, this node too; to give"
                                + " it a new one, change the file, and start the node again",
                        ours.file());
            case KNOWN -> {}
        }
    }

    // One after the other, so that what was read last is what counts.
    private synchronized void refresh(SharedKey documents) {
        try {
            shared = documents.read();
        } catch (StoreNotOpenException unreadable) {
            LOG.debug("the platform's key for updates of DNS cannot be read now", unreadable);
        } catch (IOException | RuntimeException unusable) {
            LOG.error(
                    "the platform's key for updates of DNS cannot be used, name one in dns.tsig-file: {}",
                    unusable.getMessage());
        }
    }
}
