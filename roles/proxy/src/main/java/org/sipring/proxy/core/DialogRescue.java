package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** Finds another flow to the phone of a dialog whose own flow is gone: the one by which it registered since. */
final class DialogRescue implements Forwarding.Rescue {
    private final Locations locations;
    private final Ticker ticker;
    private final Reacher reacher;
    private final Edge edge;
    private final SipMessage request;

    DialogRescue(Locations locations, Ticker ticker, Reacher reacher, Edge edge, SipMessage request) {
        this.locations = locations;
        this.ticker = ticker;
        this.reacher = reacher;
        this.edge = edge;
        this.request = request;
    }

    @Override
    public void find(Consumer<List<Target>> then) {
        if (edge.aor().isEmpty()) {
            then.accept(direct());
            return;
        }
        Answer.hear(
                locations.find(edge.aor()),
                ticker,
                located -> then.accept(targets(located.contacts())),
                () -> then.accept(direct()));
    }

    private List<Target> targets(List<Locations.Registered> contacts) {
        List<Target> found = new ArrayList<>();
        for (Locations.Registered contact : contacts) {
            if (samePhone(contact) && !contact.edge().equals(edge)) {
                found.add(Target.of(request.requestUri(), contact.edge()));
            }
        }
        found.addAll(direct());
        return found;
    }

    private boolean samePhone(Locations.Registered contact) {
        return (edge.instance() != 0 && edge.instance() == contact.edge().instance())
                || request.requestSipUri()
                        .flatMap(uri -> SipUri.parse(contact.uri()).map(uri::matches))
                        .orElse(false);
    }

    // Straight to where the phone was: only when no node holds its flow.
    private List<Target> direct() {
        Way way = reacher.way(edge);
        boolean held = way instanceof Way.Here || way instanceof Way.Through;
        return held ? List.of() : List.of(Target.of(request.requestUri(), edge));
    }
}
