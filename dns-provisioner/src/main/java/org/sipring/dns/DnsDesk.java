package org.sipring.dns;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;
import org.sipring.api.View;

/**
 * Answers on every node how the platform's DNS is: by asking the manager. Every node has one; a manager node's also
 * answers the others.
 */
public final class DnsDesk {
    private static final String SUBJECT = "dns.state";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Overlay overlay;
    private final Supplier<DnsState> own;
    private final DnsStateCodec codec = new DnsStateCodec();

    /**
     * A desk that answers other nodes from now on.
     *
     * @param overlay the other nodes
     * @param own what this node knows itself: {@link Manager#state}, or {@link DnsState#unknown}
     */
    public DnsDesk(Overlay overlay, Supplier<DnsState> own) {
        this.overlay = overlay;
        this.own = own;
        overlay.handle(SUBJECT, (from, body) -> CompletableFuture.completedFuture(codec.encode(own.get())));
    }

    /**
     * How DNS is, as the manager says; as this node says where no manager answers. Callable from any thread.
     *
     * @return the state; never fails
     */
    public CompletionStage<DnsState> state() {
        View view = overlay.view();
        return view.oldestServing(RoleName.MANAGER)
                .map(Member::id)
                .filter(manager -> !manager.equals(overlay.self()))
                .map(this::ask)
                .orElseGet(() -> CompletableFuture.completedFuture(own.get()));
    }

    private CompletionStage<DnsState> ask(NodeId manager) {
        return overlay.request(manager, SUBJECT, new byte[0], LIMIT)
                .thenApply(codec::decode)
                .exceptionally(silent -> own.get());
    }
}
