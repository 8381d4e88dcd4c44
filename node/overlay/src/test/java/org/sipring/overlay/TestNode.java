package org.sipring.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.overlay.forming.Seeds;
import org.sipring.overlay.forming.Wish;
import org.sipring.overlay.tls.TlsLimits;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;

/** One life of a node's overlay in this process. */
final class TestNode implements AutoCloseable {
    final HazelcastOverlay overlay;
    final CompletableFuture<String> lost = new CompletableFuture<>();
    private final Rooms rooms = new Rooms();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    TestNode(TestIdentity identity, InetSocketAddress listen, Path data, List<InetSocketAddress> seeds) {
        this(identity, listen, data, () -> Optional.of(seeds), Set.of(RoleName.PROXY));
    }

    TestNode(TestIdentity identity, InetSocketAddress listen, Path data, Seeds seeds, Set<RoleName> roles) {
        OverlaySettings settings = new OverlaySettings(listen, data, roles, 100, "test", TlsLimits.DEFAULT);
        overlay = new HazelcastOverlay(
                settings,
                new Surroundings(
                        identity,
                        seeds,
                        rooms.open("overlay"),
                        new SystemChance(),
                        workers,
                        platform -> {},
                        lost::complete));
    }

    TestNode start(Wish wish) throws Exception {
        overlay.start(wish);
        return this;
    }

    /** Starts in a thread of its own; completes with the start. */
    CompletableFuture<Void> starting(Wish wish) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        overlay.start(wish);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                workers);
    }

    /** Waits for a view. */
    View seen(Predicate<View> wanted) throws Exception {
        CompletableFuture<View> seen = new CompletableFuture<>();
        overlay.onView(view -> {
            if (wanted.test(view)) {
                seen.complete(view);
            }
        });
        return seen.get(40, TimeUnit.SECONDS);
    }

    View seenOf(int size) throws Exception {
        View view = seen(candidate -> candidate.members().size() == size);
        assertThat(view.members()).hasSize(size);
        return view;
    }

    /** As {@code kill -9} would: nothing is said, the connections break. */
    void kill() {
        overlay.crash();
        end();
    }

    @Override
    public void close() {
        overlay.close();
        end();
    }

    private void end() {
        workers.shutdownNow();
        rooms.close();
    }

    static InetSocketAddress free(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
