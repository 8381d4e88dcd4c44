package org.sipring.overlay;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Entrance;
import org.sipring.overlay.forming.Entry;
import org.sipring.overlay.forming.Greeting.Phase;
import org.sipring.overlay.forming.OverlayRefusedException;
import org.sipring.overlay.forming.RosterFile;
import org.sipring.overlay.forming.Wish;
import org.sipring.overlay.member.MemberSettings;
import org.sipring.overlay.member.OverlayMember;
import org.sipring.overlay.member.Passport;
import org.sipring.overlay.message.Post;
import org.sipring.overlay.table.HazelcastTables;
import org.sipring.overlay.view.ViewKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's way onto the platform and, when it falls off, back again. Start and stop come from the lifecycle's
 * thread, the rest from Hazelcast's.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final long VIEW_SECONDS = 20;

    // A revoked node is told so before it is cut off: it stops by itself, where it could go on alone.
    private static final Duration LAST_WORD = Duration.ofMillis(250);

    private final OverlaySettings settings;
    private final Surroundings house;
    private final Post post;
    private final HazelcastTables tables;
    private final ViewKeeper views;
    private final Memory memory;
    private final Age age;
    private final Entrance entrance;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable OverlayMember member;

    Membership(OverlaySettings settings, Surroundings house) {
        this.settings = settings;
        this.house = house;
        NodeId self = house.identity().self().node();
        this.post = new Post(house.room(), this::address);
        this.tables = new HazelcastTables(self, house.room());
        this.age = new Age(house.room(), post);
        RosterFile file = new RosterFile(settings.dataDirectory());
        this.memory = new Memory(file, house.room(), house.workers());
        this.views = new ViewKeeper(
                house.room(),
                post,
                settings.member(house.identity(), house.chance().number()),
                settings.listen().getPort(),
                memory::keep);
        this.entrance = new Entrance(new Entrance.Parts(
                house.identity(),
                settings.listen(),
                file,
                house.seeds(),
                house.workers(),
                house.founding(),
                house.room()::nanos));
        house.identity().onChange(() -> house.room().after(LAST_WORD, this::judgeAgain));
    }

    Post post() {
        return post;
    }

    HazelcastTables tables() {
        return tables;
    }

    ViewKeeper views() {
        return views;
    }

    CompletionStage<Optional<Duration>> age() {
        return age.now(views.view());
    }

    void start(Wish wish) throws OverlayRefusedException, IOException, InterruptedException {
        checkRoles();
        CountDownLatch seen = new CountDownLatch(1);
        house.room()
                .execute(() -> views.onView(view -> {
                    if (view.seq() > 0) {
                        seen.countDown();
                    }
                }));
        if (enter(wish) && !seen.await(VIEW_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("joined, but no view came within {} s: is the oldest member hanging?", VIEW_SECONDS);
        }
    }

    void stop() {
        end(OverlayMember::leave);
    }

    void crash() {
        end(OverlayMember::terminate);
    }

    private void end(Consumer<OverlayMember> way) {
        stopping.set(true);
        entrance.stop();
        tables.stop();
        OverlayMember current = member;
        if (current != null) {
            way.accept(current);
        }
    }

    private void checkRoles() throws OverlayRefusedException {
        Identity.Holder self = house.identity().self();
        Optional<?> refused =
                settings.roles().stream().filter(role -> !self.may(role)).findFirst();
        if (refused.isPresent()) {
            throw new OverlayRefusedException("role " + refused.get() + " is not in the certificate of node "
                    + self.node() + ", which permits " + self.permitted()
                    + ": issue one that permits it, or take the role out of the configuration");
        }
    }

    /** Until this node is a member; false when it was stopped before. */
    private boolean enter(Wish asked) throws OverlayRefusedException, IOException, InterruptedException {
        Wish wish = asked;
        while (!stopping.get()) {
            Optional<Entry> entry = entrance.await(wish, house.chance());
            if (entry.isPresent() && join(entry.get())) {
                return true;
            }
            wish = wish.afterTrying(entry.filter(Entry::form).isPresent());
        }
        return false;
    }

    private boolean join(Entry entry) throws OverlayRefusedException, IOException {
        Passport passport = new Passport(
                entry.platform(),
                house.identity().self().domain(),
                house.identity().self().node(),
                settings.roles());
        OverlayMember fresh =
                new OverlayMember(house.identity(), passport, settings.listen(), settings.limits(), memory::greeting);
        Config config = MemberSettings.config(passport, settings.listen());
        post.configure(config);
        tables.configure(config);
        age.begin(entry.form());
        memory.begin(entry.platform(), passport.node(), entry.form() ? Phase.FORMING : Phase.WAITING);
        try {
            Optional<String> refused = fresh.start(config, entry.form(), this::known);
            if (refused.isPresent()) {
                throw new OverlayRefusedException("the platform refuses this node: " + refused.get());
            }
        } catch (IllegalStateException e) {
            LOG.warn("could not join the platform, trying again: {}", e.getMessage());
            return false;
        }
        settle(fresh, entry.platform());
        return true;
    }

    private void settle(OverlayMember joined, String platform) {
        member = joined;
        memory.joined();
        post.attach(joined);
        HazelcastInstance hazelcast = joined.hazelcast();
        tables.start(hazelcast);
        hazelcast.getLifecycleService().addLifecycleListener(event -> changed(joined, event));
        hazelcast.getCluster().addMembershipListener(new Watch());
        house.room().execute(() -> views.enter(platform, memory.generation(), joined::seats));
    }

    /** Hazelcast gave up this membership, after a merge that failed: from the entrance again. */
    private void changed(OverlayMember life, LifecycleEvent event) {
        if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
            house.room().execute(views::refresh);
        }
        boolean over = event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN;
        if (over && !stopping.get() && life == member) {
            LOG.warn("this node has fallen off the platform and goes back to it");
            house.room().execute(views::leave);
            house.workers().execute(this::comeBack);
        }
    }

    private void comeBack() {
        try {
            tables.stop();
            enter(Wish.JOIN);
        } catch (OverlayRefusedException | IOException e) {
            LOG.error("this node cannot go back to the platform: {}", e.getMessage());
            house.lost().accept(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judgeAgain() {
        OverlayMember current = member;
        if (current != null) {
            current.judgeAgain();
        }
    }

    /** For Hazelcast's own search, on its threads: what was named last, and what is remembered. */
    private List<InetSocketAddress> known() {
        List<InetSocketAddress> known = new ArrayList<>(entrance.named());
        known.addAll(memory.addresses());
        return known;
    }

    private Optional<Address> address(NodeId node) {
        OverlayMember current = member;
        return current == null ? Optional.empty() : current.address(node);
    }

    private final class Watch implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            house.room().execute(views::refresh);
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            house.room().execute(views::refresh);
        }
    }
}
