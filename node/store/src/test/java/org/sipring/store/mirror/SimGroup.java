package org.sipring.store.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Store;
import org.sipring.api.Ticker;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.watch.Applied;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** Replicas in simulated time: one log, that each applies at its own pace. */
final class SimGroup {
    private static final int SLOWEST_MILLIS = 20;

    final History history = new History();
    private final SimChance chance;
    private final List<Command.Asked> log = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final Machine truth = new Machine();
    private boolean leads = true;

    SimGroup(SimChance chance) {
        this.chance = chance;
    }

    /** Whether there is a majority. */
    void lead(boolean whether) {
        leads = whether;
    }

    int entries() {
        return log.size();
    }

    Machine truth() {
        return truth;
    }

    Replica replica(SimTime time) {
        Replica replica = new Replica(time.ticker());
        replicas.add(replica);
        return replica;
    }

    /** Large values that nothing refers to are gone. */
    void sweep() {
        truth.sweep();
        replicas.forEach(replica -> replica.machine.sweep());
    }

    int append(Command.Asked change) {
        log.add(change);
        truth.apply(change);
        if (change instanceof Command.Change document) {
            history.note(
                    document.key(),
                    log.size(),
                    truth.get(document.key()).map(Store.Document::revision).orElse(0L));
        }
        replicas.forEach(Replica::applySoon);
        return log.size();
    }

    /** One of them. It outlives its node's process: what it has applied is on the disk. */
    final class Replica implements Source {
        private final List<Runnable> afterwards = new ArrayList<>();
        private final Ticker disk;
        private Optional<Applied> hears = Optional.empty();
        private Machine machine = new Machine();
        private int applied;
        private boolean open = true;
        private boolean lags;

        private Replica(Ticker disk) {
            this.disk = disk;
        }

        void tell(Applied next) {
            hears = Optional.of(next);
        }

        void open(boolean whether) {
            open = whether;
        }

        /** Cut off from the leader, or not any more. */
        void lag(boolean whether) {
            lags = whether;
            applySoon();
        }

        private void applySoon() {
            disk.after(Duration.ofMillis(1 + chance.below(SLOWEST_MILLIS)), this::apply);
        }

        private void apply() {
            while (!lags && applied < log.size()) {
                Command.Asked change = log.get(applied++);
                if (machine.apply(change).applied() && change instanceof Command.Change document) {
                    hears.ifPresent(watcher -> watcher.changed(document.key()));
                }
            }
            List.copyOf(afterwards).forEach(Runnable::run);
        }

        /** Another's copy takes the place of what it has. */
        void jump() {
            machine = new Machine();
            log.forEach(machine::apply);
            applied = log.size();
            hears.ifPresent(Applied::replaced);
        }

        private CompletionStage<Void> reached(int index) {
            CompletableFuture<Void> reached = new CompletableFuture<>();
            Runnable look = () -> {
                if (applied >= index) {
                    reached.complete(null);
                }
            };
            afterwards.add(look);
            var unused = reached.whenComplete((done, failure) -> afterwards.remove(look));
            applySoon();
            return reached;
        }

        @Override
        public Optional<Documents> documents() {
            return open ? Optional.of(machine) : Optional.empty();
        }

        @Override
        public CompletionStage<Answer> submit(Command.Asked change) {
            return leads && !lags
                    ? reached(append(change)).thenApply(done -> machine.apply(change))
                    : CompletableFuture.failedFuture(new IllegalStateException("no leader"));
        }

        @Override
        public CompletionStage<Void> catchUp() {
            return leads && !lags
                    ? reached(log.size())
                    : CompletableFuture.failedFuture(new IllegalStateException("no leader"));
        }

        boolean has(Key key) {
            return machine.get(key).isPresent();
        }
    }
}
