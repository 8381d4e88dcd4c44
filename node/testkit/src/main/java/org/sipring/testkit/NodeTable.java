package org.sipring.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.sipring.api.NodeId;
import org.sipring.api.Outcome;
import org.sipring.api.Table;

/**
 * A table as one node of a {@link SimCluster} sees it. A change goes to the owner, from there to the backup, and is
 * acknowledged when both have it. A caller that knocks at the wrong door tries again until it has waited long enough.
 */
final class NodeTable<V> implements Table<V> {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final SimNode node;
    private final Spec<V> spec;

    NodeTable(SimNode node, Spec<V> spec) {
        this.node = node;
        this.spec = spec;
    }

    Spec<V> spec() {
        return spec;
    }

    @Override
    public CompletionStage<Optional<V>> get(String key) {
        CompletableFuture<Optional<V>> answer = new CompletableFuture<>();
        Slot slot = new Slot(spec.name(), key);
        atOwner(slot, answer, (owner, table) -> {
            Optional<V> value = owner.shelf().<V>get(slot).at(owner.host().now());
            owner.reach(node.self(), caller -> answer.complete(value));
        });
        node.host()
                .ticker()
                .after(PATIENCE, () -> answer.completeExceptionally(new IllegalStateException(silent(key))));
        return answer;
    }

    @Override
    public CompletionStage<Outcome<byte[]>> update(String key, String rule, byte[] argument, String requestId) {
        CompletableFuture<Outcome<byte[]>> answer = new CompletableFuture<>();
        Slot slot = new Slot(spec.name(), key);
        SimRequest request = new SimRequest(requestId, rule, argument.clone());
        atOwner(slot, answer, (owner, table) -> table.change(slot, request, node.self(), answer));
        node.host().ticker().after(PATIENCE, () -> answer.complete(new Outcome.Unknown<>(silent(key))));
        return answer;
    }

    @Override
    public boolean safe() {
        return node.joined() && node.group().seats().safe();
    }

    @Override
    public Held<V> held() {
        return new NodeHeld<>(node, spec.name());
    }

    private void atOwner(Slot slot, CompletableFuture<?> answer, BiConsumer<SimNode, NodeTable<V>> visit) {
        if (answer.isDone()) {
            return;
        }
        Runnable again = () -> node.host().ticker().after(RETRY, () -> atOwner(slot, answer, visit));
        if (!node.joined()) {
            again.run();
            return;
        }
        node.reach(node.group().seats().of(slot).owner().self(), owner -> {
            if (owner.with(node) && owner.owns(slot)) {
                visit.accept(owner, owner.opened(spec));
            } else {
                owner.reach(node.self(), caller -> again.run());
            }
        });
    }

    // At the owner.
    private void change(Slot slot, SimRequest request, NodeId caller, CompletableFuture<Outcome<byte[]>> answer) {
        Outcome<byte[]> outcome = decide(slot, request);
        SimNode backup = node.group().seats().of(slot).backup();
        if (backup == null) {
            node.reach(caller, there -> answer.complete(outcome));
            return;
        }
        SimEntry<V> entry = node.shelf().get(slot);
        node.reach(backup.self(), there -> {
            if (there.with(node) && there.group().seats().of(slot).backup() == there) {
                there.shelf().install(slot, entry);
                there.reach(node.self(), owner -> owner.reach(caller, asking -> answer.complete(outcome)));
            }
        });
    }

    private Outcome<byte[]> decide(Slot slot, SimRequest request) {
        SimEntry.Decision<V> decision =
                node.shelf().<V>get(slot).decide(request, spec, node.host().now(), node.self());
        node.shelf().put(slot, decision.entry());
        return decision.outcome();
    }

    private String silent(String key) {
        return "table " + spec.name() + ": no owner answers for " + key;
    }
}
