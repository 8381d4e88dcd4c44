package org.sipring.app.node;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.certs.IdentityFolder;
import org.sipring.dns.DnsDesk;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;
import org.sipring.proxy.defence.Ban;

/** The platform's status over HTTP; asks the manager how DNS is. */
final class StatusPage implements HttpPage {
    private final IdentityFolder identity;
    private final Overlay overlay;
    private final Table<?> bindings;
    private final DnsDesk dns;
    private final NodeAlarms alarms;
    private final Supplier<List<Ban>> bans;

    StatusPage(
            IdentityFolder identity,
            Overlay overlay,
            Table<?> bindings,
            DnsDesk dns,
            NodeAlarms alarms,
            Supplier<List<Ban>> bans) {
        this.identity = identity;
        this.overlay = overlay;
        this.bindings = bindings;
        this.dns = dns;
        this.alarms = alarms;
        this.bans = bans;
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
                        alarms.now(),
                        bans.get()))));
    }
}
