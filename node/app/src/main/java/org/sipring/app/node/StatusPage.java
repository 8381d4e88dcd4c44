package org.sipring.app.node;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.certs.IdentityFolder;
import org.sipring.dns.DnsDesk;
import org.sipring.dns.DnsState;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;
import org.sipring.proxy.defence.Ban;

/** The platform's status over HTTP; asks the manager how DNS is. */
final class StatusPage implements HttpPage {
    private final Sources sources;
    private final DnsDesk dns;

    /**
     * What knows how the platform is.
     *
     * @param identity whose domain it is
     * @param overlay its members
     * @param bindings its soft state
     * @param store its documents
     * @param alarms what needs the operator
     * @param bans who is not heard
     */
    record Sources(
            IdentityFolder identity,
            Overlay overlay,
            Table<?> bindings,
            StorePart store,
            NodeAlarms alarms,
            Supplier<List<Ban>> bans) {
        StatusReport.Facts now(DnsState dns) {
            return new StatusReport.Facts(
                    identity.self().domain(),
                    overlay.self(),
                    overlay.view(),
                    bindings.safe(),
                    store.state(),
                    dns,
                    alarms.now(),
                    bans.get());
        }
    }

    StatusPage(Sources sources, DnsDesk dns) {
        this.sources = sources;
        this.dns = dns;
    }

    @Override
    public CompletionStage<HttpReply> get(String query) {
        return dns.state().thenApply(state -> HttpReply.json(StatusReport.write(sources.now(state))));
    }
}
