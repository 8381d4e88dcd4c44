package org.sipring.app.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
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
     * Gives this node's own to the platform, where that is due, and follows the platform's from then on. Blocks.
     *
     * @param store where it stands
     * @param self this node
     */
    void share(Store store, NodeId self) {
        SharedKey shared = new SharedKey(store);
        shared.watch(() -> take(shared));
        own.ifPresent(key -> give(shared, key, self));
        take(shared);
    }

    private void give(SharedKey shared, TsigKey key, NodeId self) {
        try {
            switch (shared.give(key, self)) {
                case GIVEN -> LOG.info("the platform signs its updates of DNS with {} from now on", key);
                case PASSED_OVER ->
                    LOG.warn(
                            "the platform signs its updates of DNS with another key than that of {}, this node too; to"
                                    + " give it a new one, change the file, and start the node again",
                            file.map(Path::toString).orElse(""));
                case KNOWN -> {}
            }
        } catch (CompletionException failure) {
            if (!(failure.getCause() instanceof TimeoutException)) {
                throw failure;
            }
            LOG.warn(
                    "whether the platform knows {} is not known: {}",
                    key,
                    failure.getCause().getMessage());
        }
    }

    private void take(SharedKey shared) {
        try {
            platforms = shared.read();
        } catch (IOException unusable) {
            LOG.error("the platform's key for updates of DNS cannot be used: {}", unusable.getMessage());
        }
    }
}
