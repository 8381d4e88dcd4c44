package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.proxy.edge.Edge;

/** Finds the flows of the phone that a request within a dialog is for. Lives in one loop. */
final class DialogPhone {
    private final Locations locations;
    private final WayFinder finder;

    DialogPhone(Locations locations, WayFinder finder) {
        this.locations = locations;
        this.finder = finder;
    }

    /**
     * Finds the flows: those of live nodes first, and of these the dialog's own. A remote target that is a GRUU of ours
     * is, as any Request-URI of the platform's, replaced by the contact that is registered for it: RFC 5627 section 6.1.
     *
     * @param hearing how the registrar's answer is heard
     * @param routeSet the request; nothing is replaced while foreign Routes lie before the remote target
     * @param edge the dialog's own
     * @param uris which URIs are ours
     * @param then hears them, perhaps at once; none where the dialog's node is gone and nobody is registered
     */
    void find(Hearing hearing, RouteSet routeSet, Edge edge, OurUris uris, Consumer<List<Target>> then) {
        List<Target> own =
                finder.way(edge).held() ? List.of(Target.of(routeSet.request().requestUri(), edge)) : List.of();
        Optional<Locations.Address> gruu = routeSet.foreign()
                ? Optional.empty()
                : routeSet.request().requestSipUri().flatMap(uris::phone);
        if (gruu.isEmpty()) {
            then.accept(own);
        } else {
            hearing.hear(
                    locations.find(gruu.get()),
                    located -> then.accept(flows(Sips.reachable(located.contacts(), routeSet.request()), edge, own)),
                    () -> then.accept(own));
        }
    }

    // An ACK is sent over the first alone. The dialog's own flow is tried last: a phone that is no longer registered
    // may still be there.
    private List<Target> flows(List<Locations.Registered> contacts, Edge edge, List<Target> own) {
        List<Target> flows = new ArrayList<>();
        contacts.stream()
                .sorted(Comparator.comparing((Locations.Registered contact) ->
                                !finder.way(contact.edge()).held())
                        .thenComparing(contact -> !contact.edge().flow().equals(edge.flow())))
                .map(Target::of)
                .forEach(flows::add);
        if (flows.stream().noneMatch(flow -> flow.edge().flow().equals(edge.flow()))) {
            flows.addAll(own);
        }
        return flows;
    }
}
