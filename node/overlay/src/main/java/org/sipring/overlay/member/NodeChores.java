package org.sipring.overlay.member;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.overlay.tls.Chores;

/** Hazelcast's own threads. Tasks that come when the member is down are dropped: their connections are closed. */
final class NodeChores implements Chores {
    private volatile @Nullable Node node;

    void attach(Node started) {
        node = started;
    }

    @Override
    public void execute(Runnable task) {
        with(service -> service.execute(ExecutionService.ASYNC_EXECUTOR, task));
    }

    @Override
    public void after(Duration delay, Runnable task) {
        with(service -> {
            var unused = service.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void with(Consumer<ExecutionService> use) {
        Node current = node;
        if (current == null) {
            return;
        }
        try {
            use.accept(current.getNodeEngine().getExecutionService());
        } catch (RejectedExecutionException | HazelcastInstanceNotActiveException e) {
            // The member is going down.
        }
    }
}
