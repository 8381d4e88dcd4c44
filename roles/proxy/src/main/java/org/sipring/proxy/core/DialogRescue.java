package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.sipring.proxy.edge.Edge;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** Finds another flow to the phone of a dialog whose own flow is gone: the one by which it registered since. */
final class DialogRescue implements ResponseContext.Rescue {
    private final Locations locations;
    private final Hearing hearing;
    private final WayFinder finder;
    private final Edge edge;
    private final SipMessage request;

    DialogRescue(Locations locations, Hearing hearing, WayFinder finder, Edge edge, SipMessage request) {
        this.locations = locations;
        this.hearing = hearing;
        this.finder = finder;
        this.edge = edge;
        this.request = request;
    }

    @Override
    public void find(Consumer<List<Target>> then) {
        if (edge.aor().isEmpty()) {
            then.accept(direct());
            return;
        }
        hearing.hear(
                locations.find(Locations.Address.of(edge.aor())),
                located -> then.accept(targets(located.contacts())),
                () -> then.accept(direct()));
    }

    private List<Target> targets(List<Locations.Registered> contacts) {
        List<Target> found = new ArrayList<>();
        // Some phones name a port in a dialog that they did not register, and do not listen on. But who registered that
        // very port is there, and another contact of the same user is another phone.
        boolean registered = contacts.stream().anyMatch(this::samePhone);
        contacts.stream()
                .filter(contact -> registered ? samePhone(contact) : sameUser(contact))
                .forEach(contact -> add(contact, found));
        found.addAll(direct());
        return found;
    }

    private void add(Locations.Registered contact, List<Target> found) {
        Target target = Target.within(request.requestUri(), contact);
        if (!contact.edge().equals(edge)) {
            found.add(target);
        } else if (target.renewable()) {
            // Its flow is the one that failed.
            found.add(target.renewed());
        }
    }

    private boolean samePhone(Locations.Registered contact) {
        return (edge.instance() != 0 && edge.instance() == contact.edge().instance())
                || remoteTargetIs(contact, SipUri::matches);
    }

    private boolean sameUser(Locations.Registered contact) {
        return remoteTargetIs(
                contact,
                (target, uri) ->
                        target.user().equals(uri.user()) && target.host().equals(uri.host()));
    }

    private boolean remoteTargetIs(Locations.Registered contact, BiPredicate<SipUri, SipUri> same) {
        return request.requestSipUri()
                .flatMap(target -> SipUri.parse(contact.uri()).filter(uri -> same.test(target, uri)))
                .isPresent();
    }

    // Straight to where the phone was: only when no node holds its flow.
    private List<Target> direct() {
        return finder.way(edge).held() ? List.of() : List.of(Target.of(request.requestUri(), edge));
    }
}
