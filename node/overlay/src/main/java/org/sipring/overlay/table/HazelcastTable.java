package org.sipring.overlay.table;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Outcome;
import org.sipring.api.Table;

/** One table at one node. */
final class HazelcastTable<V> implements Table<V> {
    private static final int READ_ATTEMPTS = 3;

    private final Table.Spec<V> spec;
    private final HazelcastTables tables;

    HazelcastTable(Table.Spec<V> spec, HazelcastTables tables) {
        this.spec = spec;
        this.tables = tables;
    }

    @Override
    public CompletionStage<Optional<V>> get(String key) {
        return read(key, READ_ATTEMPTS)
                .thenApply(bytes -> Optional.ofNullable(bytes).map(spec.codec()::decode));
    }

    @Override
    public CompletionStage<Outcome<byte[]>> update(String key, String rule, byte[] argument, String requestId) {
        Update update = new Update(spec.name(), rule, argument, requestId);
        return atOwner(key, new UpdateProcessor(tables.owner(), update)).handle(HazelcastTable::outcome);
    }

    @Override
    public boolean safe() {
        return tables.safe();
    }

    @Override
    public Held<V> held() {
        return new HazelcastHeld<>(spec, tables.owner(), this::map);
    }

    // A read that was under way when its owner died may be sent again: it changes nothing.
    private CompletableFuture<byte @Nullable []> read(String key, int attempts) {
        return atOwner(key, new ReadProcessor(tables.owner())).exceptionallyCompose(failure -> {
            Throwable cause = cause(failure);
            return attempts > 1 && cause instanceof IndeterminateOperationStateException
                    ? read(key, attempts - 1)
                    : CompletableFuture.failedFuture(cause);
        });
    }

    // The public way, submitToKey, hands each answer to another thread twice before anybody hears it: on machines of
    // two processors to a new one each time.
    private CompletableFuture<byte @Nullable []> atOwner(
            String key, EntryProcessor<String, Envelope, byte[]> processor) {
        return tables.calls()
                .make(() -> map().executeOnKeyInternal(key, processor))
                .thenApply(answer -> map().getNodeEngine().<byte[]>toObject(answer));
    }

    private static Outcome<byte[]> outcome(byte @Nullable [] reply, @Nullable Throwable failure) {
        if (failure != null || reply == null) {
            return new Outcome.Unknown<>("no answer from the owner: " + (failure == null ? "empty" : cause(failure)));
        }
        return Reply.outcome(reply);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private MapProxyImpl<String, Envelope> map() {
        return (MapProxyImpl<String, Envelope>)
                tables.instance().<String, Envelope>getMap(HazelcastTables.PREFIX + spec.name());
    }
}
