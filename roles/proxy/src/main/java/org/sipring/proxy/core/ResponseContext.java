package org.sipring.proxy.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;

/**
 * One request on its way to one phone after the other, until one takes it: the response context of RFC 3261 section
 * 16.7. Lives in one loop.
 */
final class ResponseContext {
    /** A phone that cannot be reached, RFC 5626 section 11.5: what a proxy tells a proxy. */
    static final int FLOW_FAILED = 430;

    // Together a second: a process that died is out of the view in a tenth of it. A caller waits no longer for a node
    // that is alive although its link broke.
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int GLANCES = 20;

    private final TransactionLayer layer;
    private final WayFinder finder;
    private final ServerTransaction server;
    private @Nullable ForwardedRequest forwarded;
    private final Deque<Target> left = new ArrayDeque<>();
    private @Nullable Rescue rescue;
    private @Nullable Attempt current;
    private boolean cancelled;
    private int bestStatus;
    private @Nullable SipMessage best;

    /** Finds more phones when all have failed. Asked at most once. */
    @FunctionalInterface
    interface Rescue {
        void find(Consumer<List<Target>> then);
    }

    ResponseContext(
            TransactionLayer layer,
            WayFinder finder,
            ServerTransaction server,
            ForwardedRequest forwarded,
            @Nullable Rescue rescue) {
        this.layer = layer;
        this.finder = finder;
        this.server = server;
        this.forwarded = forwarded;
        this.rescue = rescue;
    }

    void start(List<Target> targets) {
        left.addAll(targets);
        next();
    }

    /** RFC 3261 section 16.10. */
    void cancel() {
        cancelled = true;
        left.clear();
        rescue = null;
        if (current != null) {
            current.cancel();
        } else {
            server.respond(487);
        }
    }

    private void next() {
        current = null;
        Target target = left.poll();
        Rescue more = rescue;
        if (server.answered()) {
            left.clear();
        } else if (target != null) {
            Way way = finder.way(target.edge());
            finder.open(target, open -> reached(target, way, open));
        } else if (more != null && (bestStatus == 0 || bestStatus == FLOW_FAILED)) {
            rescue = null;
            more.find(this::start);
        } else {
            answerBest();
        }
    }

    private void reached(Target target, Way taken, Optional<OpenWay> open) {
        ForwardedRequest request = forwarded;
        if (server.answered() || request == null) {
            return;
        }
        if (open.isEmpty()) {
            // Opening it took its time: the node in between may be known to be gone by now.
            broken(target, taken, false);
            return;
        }
        current = new Attempt(this, target, taken);
        current.send(
                layer,
                request.to(target, open.get(), finder.phones()),
                open.get().flow(),
                request);
    }

    void provisional(SipMessage response) {
        server.respond(response);
    }

    /** Also a repeated 2xx to an INVITE, RFC 6026 section 7.2. */
    void success(SipMessage response) {
        left.clear();
        current = null;
        rescue = null;
        // Only repeated 2xx follow; the request is needed no more.
        forwarded = null;
        server.respond(response);
    }

    /** An attempt ended without success. */
    void refused(int status, @Nullable SipMessage response) {
        keep(status, response);
        if (status >= 600) {
            // RFC 3261 section 16.7 step 5: nobody else is asked.
            left.clear();
            rescue = null;
        }
        next();
    }

    /** An attempt found its connection broken; where the phone has not rung yet, it may be reached another way. */
    void broken(Target target, Way taken, boolean rang) {
        if (rang || cancelled) {
            refused(FLOW_FAILED, null);
        } else if (taken.here() && target.renewable()) {
            again(target.renewed());
        } else {
            current = null;
            boolean link = taken instanceof Way.Through && !target.anew();
            awaitView(target, taken, link ? GLANCES : 0);
        }
    }

    // A broken link is the first that is heard of a node's death; the view follows a moment later.
    private void awaitView(Target target, Way taken, int glances) {
        if (server.answered()) {
            // Cancelled meanwhile.
            left.clear();
        } else if (!finder.way(target.edge()).equals(taken)) {
            again(target);
        } else if (glances > 0) {
            var unused = layer.loop().ticker().after(GLANCE, () -> awaitView(target, taken, glances - 1));
        } else {
            refused(FLOW_FAILED, null);
        }
    }

    private void again(Target target) {
        left.addFirst(target);
        refused(FLOW_FAILED, null);
    }

    private void keep(int status, @Nullable SipMessage response) {
        if (BestResponse.better(status, bestStatus)) {
            bestStatus = status;
            best = response;
        }
    }

    private void answerBest() {
        SipMessage response = best;
        int status = told();
        if (response != null && status == bestStatus) {
            server.respond(response);
        } else {
            server.respond(status);
        }
    }

    private int told() {
        if (cancelled && best == null) {
            return 487;
        }
        boolean proxyOrDialog =
                server.flow().node().isPresent() || server.request().toTag().isPresent();
        return bestStatus == FLOW_FAILED && proxyOrDialog ? FLOW_FAILED : BestResponse.told(bestStatus);
    }
}
