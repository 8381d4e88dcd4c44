package org.sipring.proxy.defence;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.sipring.api.Chance;
import org.sipring.api.Outcome;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;
import org.sipring.api.Table;
import org.sipring.api.Ticker;

/**
 * The bans that all nodes share, in a table of one entry. Each node keeps a copy, and tells the others when it has added
 * one, so that nobody asks the table while messages wait. What a node knows stays known until it ends, also where the table
 * has lost it.
 */
final class SharedBans {
    private static final String NAME = "bans";
    private static final String SUBJECT = "sip.bans";
    private static final String UNITE = "unite";
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final int ID_BYTES = 8;
    private static final byte[] NOTHING = {};

    private final Overlay overlay;
    private final Table<BanList> table;
    private final Ticker room;
    private final Chance chance;
    private final Consumer<Ban> heard;
    // Written in the room only.
    private volatile BanList now = BanList.NOBODY;

    SharedBans(Overlay overlay, Ticker room, Chance chance, Consumer<Ban> heard) {
        this.overlay = overlay;
        this.room = room;
        this.chance = chance;
        this.heard = heard;
        table = openTable(overlay);
    }

    static Table<BanList> openTable(Overlay overlay) {
        return overlay.table(new Table.Spec<>(NAME, BanList.CODEC, Map.of(UNITE, new AddBans()), BanList::unite));
    }

    /** Begins to follow the others. To be called once, from any thread. */
    void start() {
        overlay.handle(SUBJECT, (from, nothing) -> {
            room.execute(this::refresh);
            return CompletableFuture.completedFuture(NOTHING);
        });
        overlay.onView(view -> room.execute(this::refresh));
        room.execute(this::poll);
    }

    /** The bans that this node knows, among them perhaps some that have ended. From any thread. */
    BanList now() {
        return now;
    }

    /** Bans somebody who is not banned for so long already, here at once and everywhere soon. From any thread. */
    void add(Ban ban) {
        room.execute(() -> {
            boolean longer = now.on(ban.senders())
                    .filter(known -> known.until() >= ban.until())
                    .isEmpty();
            if (longer) {
                var unused = utter(ban);
            }
        });
    }

    /**
     * Says the last word on some senders, here at once and everywhere soon. From any thread.
     *
     * @return whether the table has acknowledged it; when not, this node goes on telling it
     */
    CompletionStage<Boolean> say(Ban ban) {
        CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
        room.execute(() -> utter(ban).thenAccept(acknowledged::complete));
        return acknowledged;
    }

    private CompletionStage<Boolean> utter(Ban ban) {
        BanList word = BanList.of(ban.after(now.on(ban.senders())));
        take(word);
        return share(word);
    }

    private void poll() {
        refresh();
        room.after(POLL, this::poll);
    }

    private void refresh() {
        table.get(NAME).whenComplete((found, unreachable) -> {
            if (unreachable == null) {
                room.execute(() -> fetched(found));
            }
        });
    }

    private void fetched(Optional<BanList> found) {
        BanList there = found.orElse(BanList.NOBODY).since(room.now());
        take(there);
        if (!there.equals(now)) {
            var unused = share(now);
        }
    }

    private CompletionStage<Boolean> share(BanList bans) {
        String requestId = HexFormat.of().formatHex(chance.bytes(ID_BYTES));
        return table.update(NAME, UNITE, BanList.CODEC.encode(bans), requestId).thenApply(outcome -> {
            room.execute(() -> shared(outcome));
            return outcome instanceof Outcome.Applied<byte[]>;
        });
    }

    private void shared(Outcome<byte[]> outcome) {
        if (outcome instanceof Outcome.Applied<byte[]> applied) {
            take(BanList.CODEC.decode(applied.answer()));
            overlay.view().members().stream()
                    .filter(member -> member.roles().contains(RoleName.PROXY))
                    .filter(member -> !member.id().equals(overlay.self()))
                    .forEach(member -> overlay.send(member.id(), SUBJECT, NOTHING));
        }
    }

    private void take(BanList more) {
        BanList before = now;
        now = before.unite(more).since(room.now());
        more.since(room.now()).bans().stream()
                .filter(ban -> before.on(ban.senders()).filter(ban::says).isEmpty())
                .filter(ban -> now.on(ban.senders()).filter(ban::says).isPresent())
                .forEach(heard);
    }
}
