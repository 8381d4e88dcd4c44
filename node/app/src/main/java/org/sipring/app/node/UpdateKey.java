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

    private final Optional<Path> file;
    private final Optional<TsigKey> own;
    private volatile Optional<TsigKey> platforms = Optional.empty();

    private UpdateKey(Optional<Path> file, Optional<TsigKey> own) {
        this.file = file;
        this.own = own;
    }

    /**
     * Reads a node's own file, if it has one.
     *
     * @param file its file
     * @return what it says, until the platform says more
     * @throws IOException when it cannot be used
     */
    static UpdateKey in(Optional<Path> file) throws IOException {
        return new UpdateKey(file, file.isPresent() ? Optional.of(TsigKey.read(file.get())) : Optional.empty());
    }

    /** The platform's, else this node's own; empty where there is none. */
    @Override
    public Optional<TsigKey> get() {
        return platforms.or(() -> own);
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
        SharedKey shared = new SharedKey(store);
        shared.watch(() -> take(shared));
        own.ifPresent(
                key -> offer(shared, key, self, room).toCompletableFuture().join());
        take(shared);
    }

    private CompletionStage<Void> offer(SharedKey shared, TsigKey key, NodeId self, Ticker room) {
        return shared.give(key, self).handle((outcome, failure) -> {
            if (failure == null) {
                say(outcome, key);
                take(shared);
            } else {
                LOG.warn("whether the platform knows {} is not known, it is asked again: {}", key, failure.toString());
                room.after(AGAIN, () -> {
                    var unused = offer(shared, key, self, room);
                });
            }
            return null;
        });
    }

    private void say(SharedKey.Outcome outcome, TsigKey key) {
        switch (outcome) {
            case GIVEN -> LOG.info("the platform signs its updates of DNS with {} from now on", key);
            case PASSED_OVER ->
                LOG.warn(
                        "the platform signs its updates of DNS with another key than that of {}, this node too; to give"
                                + " it a new one, change the file, and start the node again",
                        file.map(Path::toString).orElse(""));
            case KNOWN -> {}
        }
    }

    // One after the other, so that what was read last is what counts.
    private synchronized void take(SharedKey shared) {
        try {
            platforms = shared.read();
        } catch (StoreNotOpenException unreadable) {
            LOG.debug("the platform's key for updates of DNS cannot be read now", unreadable);
        } catch (IOException | RuntimeException unusable) {
            LOG.error(
                    "the platform's key for updates of DNS cannot be used, name one in dns.tsig-file: {}",
                    unusable.getMessage());
        }
    }
}
