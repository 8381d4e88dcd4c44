package org.sipring.overlay;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.View;
import org.sipring.overlay.forming.OverlayRefusedException;
import org.sipring.overlay.forming.Wish;
import org.sipring.overlay.message.Post;
import org.sipring.overlay.table.HazelcastTables;
import org.sipring.overlay.view.ViewKeeper;

/** The overlay on Hazelcast: {@link #start} brings this node onto its platform, {@link #close} takes it off. */
public final class HazelcastOverlay implements Overlay, AutoCloseable {
    private final NodeId self;
    private final Surroundings house;
    private final Post post;
    private final HazelcastTables tables;
    private final ViewKeeper views;
    private final Membership membership;

    /**
     * An overlay that has not started. Handlers, listeners and tables are best registered before {@link #start}.
     *
     * @param settings this node's
     * @param house what it uses
     */
    public HazelcastOverlay(OverlaySettings settings, Surroundings house) {
        this.self = house.identity().self().node();
        this.house = house;
        this.membership = new Membership(settings, house);
        this.post = membership.post();
        this.tables = membership.tables();
        this.views = membership.views();
    }

    /**
     * Joins the platform, or waits for it as long as it takes. Blocks; returns when this node is in its own view.
     *
     * @param wish what the operator asked for
     * @throws OverlayRefusedException when this node may not be on the platform; the message is for the operator
     * @throws IOException when the port is taken or the data directory cannot be used
     * @throws InterruptedException when interrupted
     */
    public void start(Wish wish) throws OverlayRefusedException, IOException, InterruptedException {
        membership.start(wish);
    }

    /**
     * How long ago the platform was formed: by its first node, or anew after all had ended. It lives until all have ended again.
     *
     * @return its age at this moment; empty where nobody who answers knows it
     */
    public CompletionStage<Optional<Duration>> age() {
        return membership.age();
    }

    /** Hands this node's data to the others and leaves; takes up to 15 seconds. */
    @Override
    public void close() {
        membership.stop();
    }

    /** Falls silent at once, as a killed process would. */
    void crash() {
        membership.crash();
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public View view() {
        return views.view();
    }

    @Override
    public void onView(Consumer<View> listener) {
        views.onView(listener);
    }

    @Override
    public void announce(NodeState state) {
        house.room().execute(() -> views.announce(state));
    }

    @Override
    public void spare(boolean busy) {
        house.room().execute(() -> views.spare(busy));
    }

    @Override
    public void handle(String subject, Handler handler) {
        post.handle(subject, handler);
    }

    @Override
    public CompletionStage<byte[]> request(NodeId to, String subject, byte[] body, Duration limit) {
        return post.request(to, subject, body, limit);
    }

    @Override
    public void send(NodeId to, String subject, byte[] body) {
        post.send(to, subject, body);
    }

    @Override
    public <V> Table<V> table(Table.Spec<V> spec) {
        return tables.open(spec);
    }
}
