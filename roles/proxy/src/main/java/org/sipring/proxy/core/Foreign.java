package org.sipring.proxy.core;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.proxy.foreign.UriHost;
import org.sipring.sip.SipUri;
import org.sipring.sip.locate.DeadHops;
import org.sipring.sip.locate.Located;
import org.sipring.sip.locate.Locator;
import org.sipring.sip.transport.Flow;

/**
 * Other domains, as all loops know them. Callable from any thread.
 *
 * @param policy who may speak with whom
 * @param locator finds their servers
 * @param dead which of these did not answer lately
 */
public record Foreign(ForeignPolicy policy, Locator locator, DeadHops dead) {
    /** The host that a URI leads to, RFC 3263 section 4: in lower case, without the dot of an absolute name. */
    static String host(SipUri uri) {
        return UriHost.of(uri);
    }

    /** The host that a URI shows to people, wherever it leads. */
    static String shown(SipUri uri) {
        return UriHost.shown(uri);
    }

    /**
     * What a server must prove to be that a URI leads to, RFC 5922 section 7.3: the domain that the URI shows, wherever it
     * leads; or the trunk whose server it is.
     */
    String identity(SipUri uri) {
        return policy.trunksTo(host(uri))
                .flatMap(trunk -> trunk.domain().stream())
                .findFirst()
                .orElse(shown(uri));
    }

    /** Which headers that concern trusted peers alone a URI's server is told. */
    Set<String> told(SipUri uri) {
        return trunk(uri).map(Trunk::headers).orElse(Set.of());
    }

    /** Whether the requests of a call to a URI may go to a host that its server names. A trunk's network is its own affair. */
    boolean maySend(SipUri uri, String host, Flow flow) {
        return trunk(uri).isPresent() || policy.maySend(host, flow.remote().getAddress());
    }

    private Optional<Trunk> trunk(SipUri uri) {
        return policy.trunksTo(host(uri)).findFirst();
    }

    /**
     * Whether users of ours may call a URI. The domain that it names and the host that it leads to must be allowed. A trunk
     * with numbers is reached by these only, whatever is allowed: it trusts us to let nobody call others through it.
     */
    boolean mayBeCalled(SipUri uri) {
        return mayBeCalled(host(uri)) && mayBeCalled(shown(uri));
    }

    /** The servers of a URI, wherever they are. */
    CompletionStage<Servers> servers(SipUri uri) {
        return locator.locate(uri).thenApply(Servers::all);
    }

    /**
     * The servers of a URI that a user may call by it: none of a trunk with numbers, whatever the zone says that names it.
     * The zone may be the user's own.
     */
    CompletionStage<Servers> serversToCall(SipUri uri) {
        CompletionStage<Located> found = locator.locate(uri);
        List<Trunk> dialled = policy.trunks().stream().filter(Trunk::isDialled).toList();
        CompletionStage<Servers> all =
                found.thenApply(located -> Servers.all(located).without(address -> dialled.stream()
                        .anyMatch(trunk -> trunk.addresses().include(address))));
        for (Trunk trunk : dialled) {
            all = all.thenCombine(addresses(trunk), (servers, there) -> servers.without(there::contains));
        }
        return all;
    }

    // Where nobody tells, nobody reaches the trunk by its numbers either.
    private CompletionStage<Set<InetAddress>> addresses(Trunk trunk) {
        return locator.locate(trunk.server()).thenApply(Servers::addresses).exceptionally(unknown -> Set.of());
    }

    private boolean mayBeCalled(String host) {
        return policy.outbound().name(host)
                && policy.trunks().stream()
                        .filter(Trunk::isDialled)
                        .noneMatch(trunk -> trunk.isAt(host)
                                || trunk.domain().filter(host::equals).isPresent());
    }
}
