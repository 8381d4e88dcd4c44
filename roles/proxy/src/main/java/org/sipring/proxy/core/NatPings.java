package org.sipring.proxy.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sipring.proxy.registrar.BehindNat;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;

/**
 * Keeps the NATs of phones open that do not do so themselves, as RFC 5626 has them do: each is pinged over the flow by which
 * it registered, while it is registered. Lives in the loop that holds the flow.
 *
 * <p>A wheel: each of its turns is for some of the flows, so that those that registered together are not pinged together.
 * A flow that finds its turn full is not pinged; it is looked at again when its phone registers again.
 */
final class NatPings {
    /** How many flows one turn is for: 5,000 pings a second at most, and 125,000 flows where each is pinged every 25 s. */
    static final int MOST_A_TURN = 500;

    static final Duration TURN = Duration.ofMillis(100);

    // RFC 5626 section 3.5.1. A phone skips it, RFC 3261 section 7.5, or answers with a pong.
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};

    private final SipLoop loop;
    private final NatPinging pinging;
    private final List<List<NattedFlow>> wheel;
    private final Map<Flow, NattedFlow> flows = new HashMap<>();
    // Which turn came last, and which one the last flow was given.
    private int turned;
    private int given;
    private boolean turning;

    /**
     * The pings of one loop.
     *
     * @param loop the loop
     * @param pinging how often a flow is pinged, and what is counted
     */
    NatPings(SipLoop loop, NatPinging pinging) {
        this.loop = loop;
        this.pinging = pinging;
        wheel = Stream.<List<NattedFlow>>generate(ArrayList::new)
                .limit(pinging.every().dividedBy(TURN))
                .toList();
    }

    /**
     * A REGISTER has been accepted.
     *
     * @param flow where it came from
     * @param account the address-of-record that it is for
     * @param request the REGISTER
     * @param ok its answer, which says what is bound now
     */
    void registered(Flow flow, String account, SipMessage request, SipMessage ok) {
        // A WebSocket has pings of its own.
        if (wheel.isEmpty() || flow.transport().webSocket()) {
            return;
        }
        List<String> natted = BehindNat.contacts(request, flow.remote().getAddress());
        NattedFlow known = flows.get(flow);
        if (known != null) {
            known.bind(account, natted, ok, now());
        } else if (!natted.isEmpty()) {
            NattedFlow found = new NattedFlow(flow);
            found.bind(account, natted, ok, now());
            add(found);
        }
    }

    // Each is given the next turn: however many came at once, they are spread evenly.
    private void add(NattedFlow found) {
        given = (given + 1) % wheel.size();
        List<NattedFlow> turn = wheel.get(given);
        if (!found.live(now())) {
            return;
        }
        if (turn.size() >= MOST_A_TURN) {
            pinging.crowded().run();
        } else {
            turn.add(found);
            flows.put(found.flow(), found);
            pinging.flows().increment();
            if (!turning) {
                turnLater();
            }
        }
    }

    private void turnLater() {
        turning = true;
        loop.ticker().after(TURN, this::turn);
    }

    private void turn() {
        turning = false;
        if (!flows.isEmpty()) {
            turnLater();
        }
        turned = (turned + 1) % wheel.size();
        wheel.get(turned).removeIf(this::left);
    }

    /** Pings a flow; true for one that is closed, or that nothing is registered over any more. */
    private boolean left(NattedFlow natted) {
        boolean left = !natted.live(now()) || !loop.send(natted.flow(), PING);
        if (left) {
            flows.remove(natted.flow());
            pinging.flows().decrement();
        }
        return left;
    }

    private long now() {
        return loop.ticker().nanos();
    }
}
