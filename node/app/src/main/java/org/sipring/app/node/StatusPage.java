package org.sipring.app.node;

import java.util.concurrent.CompletionStage;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.certs.IdentityFolder;
import org.sipring.dns.DnsDesk;
import org.sipring.runtime.http.HttpPage;
import org.sipring.runtime.http.HttpReply;

/** The platform's status over HTTP; asks the manager how DNS is. */
final class StatusPage implements HttpPage {
    private final IdentityFolder identity;
    private final Overlay overlay;
    private final Table<?> bindings;
    private final DnsDesk dns;
    private final NodeAlarms alarms;

    StatusPage(IdentityFolder identity, Overlay overlay, Table<?> bindings, DnsDesk dns, NodeAlarms alarms) {
        this.identity = identity;
        this.overlay = overlay;
        this.bindings = bindings;
        this.dns = dns;
        this.alarms = alarms;
    }

    @Override
    public CompletionStage<HttpReply> get(String query) {
        return dns.state()
                .thenApply(state -> HttpReply.json(StatusReport.write(new StatusReport.Facts(
                        identity.self().domain(),
                        overlay.self(),
                        overlay.view(),
                        bindings.safe(),
                        state,
                        alarms.now()))));
    }
}
