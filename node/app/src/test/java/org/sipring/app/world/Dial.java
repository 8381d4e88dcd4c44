package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/** An attempt to connect: refused at once where nobody listens, given up where nobody answers. */
final class Dial {
    private static final Duration REPEAT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Wires wires;
    private final Station caller;
    private final InetSocketAddress remote;
    private final Transport transport;
    private final List<Consumer<Optional<Flow>>> waiting = new ArrayList<>();
    private final Duration since;
    private @Nullable Flow flow;
    private boolean over;

    Dial(Wires wires, Station caller, InetSocketAddress remote, Transport transport) {
        this.wires = wires;
        this.caller = caller;
        this.remote = remote;
        this.transport = transport;
        since = wires.now();
    }

    void begin() {
        if (over) {
            return;
        }
        Optional<Station> there = wires.at(remote).filter(Station::serving);
        if (there.isPresent()) {
            wires.carry(caller, there.get(), () -> accept(there.get()));
        }
        boolean late = wires.now().minus(since).compareTo(PATIENCE) >= 0;
        if (there.isEmpty() || late) {
            caller.ticker().execute(() -> end(null));
        } else {
            wires.after(REPEAT, this::begin);
        }
    }

    private void accept(Station there) {
        wires.carry(there, caller, () -> {
            if (!over && there.alive()) {
                end(new Stream(wires, caller, there, remote, transport).flow());
            }
        });
    }

    private void end(@Nullable Flow opened) {
        if (over) {
            return;
        }
        over = true;
        flow = opened;
        if (opened == null) {
            caller.forget(this);
        }
        List.copyOf(waiting).forEach(then -> then.accept(Optional.ofNullable(opened)));
        waiting.clear();
    }

    void hear(Consumer<Optional<Flow>> then) {
        if (over) {
            then.accept(Optional.ofNullable(flow));
        } else {
            waiting.add(then);
        }
    }

    boolean gave(Flow other) {
        return other.equals(flow);
    }
}
