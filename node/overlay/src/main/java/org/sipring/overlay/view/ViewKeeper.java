package org.sipring.overlay.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.overlay.forming.Roster;
import org.sipring.overlay.member.Seat;
import org.sipring.overlay.message.Post;

/**
 * This node's view. Everything but {@link #view} and {@link #onView} runs in the room.
 *
 * <p>Each node tells all others about itself when something changed, and the composer once a second. The composer sends
 * the view when it changed, and again to whoever says it has another.
 */
public final class ViewKeeper {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String ANNOUNCE = "overlay.announce";
    private static final String VIEW = "overlay.view";

    private final Ticker room;
    private final Post post;
    private final Consumer<Roster> saver;
    private final ViewBoard board = new ViewBoard();
    private final Announcements announced = new Announcements();
    private final Compositions composed = new Compositions();
    private final int port;
    private Member self;
    private @Nullable Supplier<List<Seat>> cluster;

    /**
     * A keeper in no cluster. Registers its message handlers.
     *
     * @param room the overlay's room
     * @param post carries announcements and views
     * @param self this node; its rank is ignored
     * @param port its overlay port
     * @param saver is given each new roster to remember; must not block
     */
    public ViewKeeper(Ticker room, Post post, Member self, int port, Consumer<Roster> saver) {
        this.room = room;
        this.post = post;
        this.self = self;
        this.port = port;
        this.saver = saver;
        post.handle(ANNOUNCE, this::heard);
        post.handle(VIEW, this::offered);
    }

    /**
     * The newest view. Callable from any thread.
     *
     * @return of {@code seq} 0 before the first join
     */
    public View view() {
        return board.view();
    }

    /**
     * Adds a listener and tells it the view. Callable from any thread.
     *
     * @param listener hears every later view
     */
    public void onView(Consumer<View> listener) {
        board.add(listener);
    }

    /**
     * Changes this node's state.
     *
     * @param state the state to show
     */
    public void announce(NodeState state) {
        self = self.in(state);
        refresh();
    }

    /**
     * Changes whether this node is to be spared.
     *
     * @param busy whether it has too much to do
     */
    public void spare(boolean busy) {
        self = self.spared(busy);
        refresh();
    }

    /**
     * Begins in a cluster.
     *
     * @param name the platform id
     * @param generation of the roster on disk
     * @param joined the cluster's members in the order of joining, this node among them; none when it is no member
     */
    public void enter(String name, long generation, Supplier<List<Seat>> joined) {
        boolean first = cluster == null;
        cluster = joined;
        composed.enter(name, generation);
        refresh();
        if (first) {
            room.after(PERIOD, this::beat);
        }
    }

    /** The cluster is lost: this node sees only itself, out of service, until it enters again. */
    public void leave() {
        cluster = List::of;
        announced.clear();
        composed.leave();
        board.show(composed.current().platform(), List.of(self.in(NodeState.JOINING)));
    }

    /** The cluster's members have changed: tells the new ones about this node, and composes or adopts. */
    public void refresh() {
        List<Seat> seats = seats();
        own(seats).ifPresent(own -> introduce(own, seats));
        follow(seats);
    }

    private void introduce(Announced own, List<Seat> seats) {
        announced.own(own);
        byte[] message = message(own);
        announced.untold(seats, self.id()).forEach(node -> post.send(node, ANNOUNCE, message));
    }

    private void beat() {
        List<Seat> seats = seats();
        Optional<NodeId> composer = ViewComposer.composer(seats);
        if (composer.isPresent() && !composer.get().equals(self.id())) {
            own(seats).ifPresent(own -> post.send(composer.get(), ANNOUNCE, message(own)));
        }
        follow(seats);
        room.after(PERIOD, this::beat);
    }

    private CompletionStage<byte[]> heard(NodeId from, byte[] body) {
        ViewFormat.Announcement announcement = ViewFormat.announcement(body);
        Announced entry = announcement.announced();
        if (entry.member().id().equals(from)) {
            List<Seat> seats = seats();
            if (announced.take(entry)) {
                follow(seats);
            } else if (composing(seats) && announcement.view() != board.view().id()) {
                post.send(from, VIEW, ViewFormat.encode(composed.current()));
            }
        }
        return CompletableFuture.completedFuture(new byte[0]);
    }

    private CompletionStage<byte[]> offered(NodeId from, byte[] body) {
        if (composed.take(from, ViewFormat.composed(body))) {
            follow(seats());
        }
        return CompletableFuture.completedFuture(new byte[0]);
    }

    /** Composes as the oldest, else adopts what the oldest sent. */
    private void follow(List<Seat> seats) {
        Optional<NodeId> composer = ViewComposer.composer(seats);
        if (composer.isEmpty()) {
            return;
        }
        announced.keep(seats);
        composed.keep(seats);
        if (composing(seats)) {
            compose(seats);
        } else {
            composed.adopt(composer.get()).ifPresent(this::adopt);
        }
    }

    private void compose(List<Seat> seats) {
        composed.compose(seats, announced.lives(), self.boot()).ifPresent(next -> {
            byte[] message = ViewFormat.encode(next);
            others(seats).forEach(node -> post.send(node, VIEW, message));
            take(next);
        });
    }

    private void adopt(Composed sent) {
        announced.learn(sent);
        take(sent);
    }

    private void take(Composed next) {
        if (next.members().stream().noneMatch(member -> member.id().equals(self.id()))) {
            return;
        }
        if (board.show(next.platform(), next.members())) {
            List<Roster.Seat> seats = next.announced().stream()
                    .map(entry ->
                            new Roster.Seat(entry.member().id(), entry.member().address(), entry.port()))
                    .toList();
            saver.accept(new Roster(next.platform(), next.generation(), seats));
        }
    }

    private boolean composing(List<Seat> seats) {
        return ViewComposer.composer(seats).equals(Optional.of(self.id()));
    }

    private List<Seat> seats() {
        Supplier<List<Seat>> current = cluster;
        return current == null ? List.of() : current.get();
    }

    private List<NodeId> others(List<Seat> seats) {
        return seats.stream()
                .map(Seat::node)
                .filter(node -> !node.equals(self.id()))
                .toList();
    }

    private Optional<Announced> own(List<Seat> seats) {
        return seats.stream()
                .filter(seat -> seat.node().equals(self.id()))
                .findFirst()
                .map(seat -> new Announced(seat.life(), port, self));
    }

    private byte[] message(Announced own) {
        return ViewFormat.encode(new ViewFormat.Announcement(own, board.view().id()));
    }
}
