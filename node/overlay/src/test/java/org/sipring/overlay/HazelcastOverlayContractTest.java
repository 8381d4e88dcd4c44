package org.sipring.overlay;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Overlay;
import org.sipring.overlay.forming.Wish;
import org.sipring.testkit.TestCa;
import org.sipring.testkit.contract.OverlayContract;

class HazelcastOverlayContractTest extends OverlayContract {
    @TempDir
    static Path directory;

    private static TestNode elder;
    private static TestNode younger;

    @BeforeAll
    static void join() throws Exception {
        TestCa ca = new TestCa(directory).node("n1", "sipring.test", "proxy").node("n2", "sipring.test", "proxy");
        InetSocketAddress one = TestNode.free("127.0.0.21");
        InetSocketAddress two = TestNode.free("127.0.0.22");
        elder = new TestNode(new TestIdentity(ca, "n1"), one, directory.resolve("n1"), List.of()).start(Wish.BOOTSTRAP);
        younger = new TestNode(new TestIdentity(ca, "n2"), two, directory.resolve("n2"), List.of(one)).start(Wish.JOIN);
    }

    @AfterAll
    static void leave() {
        younger.kill();
        elder.kill();
    }

    @Override
    protected Overlay elder() {
        return elder.overlay;
    }

    @Override
    protected Overlay younger() {
        return younger.overlay;
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
